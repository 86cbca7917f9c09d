// What is pasted from Word or a web page, as our plain structure: a paragraph a line,
// a table row a line with tabs, lists with their numbers; comments, styles, hidden and
// deleted text left out.

const BLOCKS = new Set(["P", "DIV", "H1", "H2", "H3", "H4", "H5", "H6", "LI", "UL", "OL",
  "BLOCKQUOTE", "PRE", "SECTION", "ARTICLE", "TABLE", "DL", "DT", "DD", "FIGURE"]);
const LEFT_OUT = new Set(["STYLE", "SCRIPT", "HEAD", "META", "LINK", "TITLE", "DEL",
  "TEMPLATE", "NOSCRIPT", "XML"]);
const HIDDEN = /display\s*:\s*none|mso-hide\s*:\s*all|mso-element\s*:\s*(comment|annotation)/i;
const COMMENT = /mso-?comment|msocomanchor/i;
const HAN = "\\u2e80-\\u9fff\\u3000-\\u303f\\uff00-\\uffef";
const BROKEN_LINE = new RegExp(`([${HAN}])[ \\t]*[\\r\\n]+\\s*(?=[${HAN}])`, "g");

export function plain(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const out = [];
  walk(page.body, out);
  return out.join("").split("\n").map(tidy).join("\n")
    .replace(/\n{2,}/g, "\n").replace(/^\n+|\n+$/g, "");
}

function tidy(line) {
  return line.replace(/\u00a0/g, " ").replace(/^[ \u3000]+/, "").replace(/[ \u3000]+$/, "");
}

function walk(node, out) {
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) out.push(collapsed(child.data, node));
    else if (child.nodeType === Node.ELEMENT_NODE && !isLeftOut(child)) element(child, out);
  }
}

function collapsed(text, parent) {
  if (parent.closest("pre")) return text;
  return text.replace(BROKEN_LINE, "$1").replace(/[ \t\r\n]+/g, " ");
}

function isLeftOut(element) {
  if (LEFT_OUT.has(element.tagName.toUpperCase())) return true;
  const style = element.getAttribute("style") || "";
  const marks = `${element.className} ${element.id}`;
  return element.hidden || HIDDEN.test(style) || COMMENT.test(marks);
}

function element(one, out) {
  const tag = one.tagName.toUpperCase();
  if (tag === "BR") out.push("\n");
  else if (tag === "TABLE") table(one, out);
  else if (BLOCKS.has(tag)) block(one, tag, out);
  else if (/mso-list\s*:\s*ignore/i.test(one.getAttribute("style") || "")) out.push(listMark(one));
  else walk(one, out);
}

function block(one, tag, out) {
  out.push("\n");
  if (tag === "LI") out.push(numberOf(one));
  walk(one, out);
  out.push("\n");
}

// Word writes the number of a list item into the text, followed by blanks
function listMark(one) {
  const mark = one.textContent.replace(/[\s\u00a0]+/g, "");
  return /^[\u00b7\uf0b7\u25cf\u25a0o\u00a7]$/.test(mark) ? "· " : mark + (/[.)]$/.test(mark) ? " " : "");
}

function numberOf(item) {
  const list = item.parentElement;
  if (!list || list.tagName !== "OL") return "· ";
  const before = [...list.children].filter((c) => c.tagName === "LI").indexOf(item);
  return `${(list.start || 1) + before}. `;
}

function table(one, out) {
  out.push("\n");
  for (const row of one.rows) {
    out.push([...row.cells].map(cellText).join("\t"), "\n");
  }
}

function cellText(cell) {
  const inner = [];
  walk(cell, inner);
  return inner.join("").split("\n").map(tidy).filter(Boolean).join(" ").replace(/\t/g, " ");
}
