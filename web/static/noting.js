// A finding from words chosen in the text, by mouse or by keyboard: its form is filled in.
// Without this file the words are typed into the same form.

const noting = document.getElementById("noting");
const decision = document.getElementById("decision");
const texts = [...document.querySelectorAll("[data-text]")];
const MOST = 500;

// --- what is chosen, and where it stands -----------------------------------------

function pieceOf(node) {
  const element = node?.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  return element?.closest?.("[data-start]") ?? null;
}

// Words within one paragraph or cell, without the blanks around them.
function chosen() {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const piece = pieceOf(range.startContainer);
  const text = piece?.closest("[data-text]");
  const words = range.toString();
  const quote = words.trim();
  if (!text || !piece.contains(range.endContainer) || !quote) return null;
  if (quote.length > MOST || quote.includes("\n")) return null;
  const before = document.createRange();
  before.setStart(piece, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const start = before.toString().length + words.indexOf(quote);
  return { quote, text, piece, start, range };
}

function places(text, quote) {
  const found = [];
  for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1))
    found.push(at);
  return found;
}

// The how-many-eth place of these words in the whole text; "" where there is but one.
function which({ quote, text, piece, start }) {
  let number = 0;
  let all = 0;
  for (const one of text.querySelectorAll("[data-start]")) {
    for (const at of places(one.textContent, quote)) {
      all += 1;
      if (one === piece && at === start) number = all;
    }
  }
  return all > 1 && number ? String(number) : "";
}

// --- filling in ---------------------------------------------------------------------

function reveal(box, field) {
  box.open = true;
  box.scrollIntoView({ block: "nearest" });
  field.focus();
}

function note(words) {
  const { elements } = noting;
  elements["noted-part"].value = words.text.dataset.part;
  elements["noted-quote"].value = words.quote;
  elements["noted-which"].value = which(words);
  const kind = elements["noted-kind"];
  reveal(document.getElementById("note"), kind.value ? elements["noted-note"] : kind);
}

function emptyLine() {
  return [...decision.querySelectorAll(".finding-line")].find((line) =>
    [...line.querySelectorAll("input")].every((input) => !input.value),
  );
}

function returned(words) {
  const line = emptyLine();
  if (!line) return;
  line.querySelector('[name$="-quote"]').value = words.quote;
  reveal(document.getElementById("return"), line.querySelector("select"));
}

// --- the buttons that come up beside the chosen words ----------------------------------

function button(words, doing) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-primary btn-sm";
  made.textContent = words;
  made.addEventListener("mousedown", (event) => event.preventDefault());
  made.addEventListener("click", () => {
    const found = chosen();
    if (found) doing(found);
    made.parentElement.hidden = true;
  });
  return made;
}

function bar() {
  const made = document.createElement("div");
  made.className = "mark-here";
  made.hidden = true;
  if (noting) made.append(button(noting.dataset.mark, note));
  if (decision?.querySelector(".finding-line"))
    made.append(button(decision.dataset.mark, returned));
  return made;
}

function watchTheChoice() {
  const shown = bar();
  if (!shown.childElementCount) return;
  document.body.append(shown);
  const look = () => {
    const found = chosen();
    shown.hidden = !found;
    if (!found) return;
    const place = found.range.getBoundingClientRect();
    const room = document.documentElement.clientWidth - shown.offsetWidth - 8;
    shown.style.left = `${Math.max(8, Math.min(place.left, room)) + window.scrollX}px`;
    shown.style.top = `${place.bottom + window.scrollY + 6}px`;
  };
  document.addEventListener("selectionchange", look);
  look(); // on a slow line words may be chosen before this file has come
}

// --- choosing by keyboard ----------------------------------------------------------------

// Every character that is drawn, with its paragraph or cell.
function characters(text) {
  const found = [];
  for (const piece of text.querySelectorAll("[data-start]")) {
    const walker = document.createTreeWalker(piece, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      for (let at = 0; at < node.length; ) {
        const size = node.data.codePointAt(at) > 0xffff ? 2 : 1;
        found.push({ node, at, size, piece });
        at += size;
      }
    }
  }
  return found;
}

function step(all, from, key) {
  if (key === "ArrowRight") return Math.min(from + 1, all.length - 1);
  if (key === "ArrowLeft") return Math.max(from - 1, 0);
  const here = all[from].piece;
  if (key === "ArrowDown") {
    const next = all.findIndex((one, at) => at > from && one.piece !== here);
    return next < 0 ? from : next;
  }
  const first = all.findIndex((one) => one.piece === here);
  const before = first > 0 ? all[first - 1].piece : here;
  return all.findIndex((one) => one.piece === before);
}

function show(all, anchor, focus) {
  const [first, last] = [all[Math.min(anchor, focus)], all[Math.max(anchor, focus)]];
  const range = document.createRange();
  range.setStart(first.node, first.at);
  range.setEnd(last.node, last.at + last.size);
  const selection = document.getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  all[focus].node.parentElement.scrollIntoView({ block: "nearest" });
}

function chooseByKeyboard(text) {
  const all = characters(text);
  if (!all.length) return;
  let anchor = -1;
  let focus = -1;
  text.tabIndex = 0;
  if (text.tagName === "DIV") {
    text.setAttribute("role", "group");
    text.setAttribute("aria-label", noting.dataset.choose);
  }
  text.addEventListener("keydown", (event) => {
    if (event.target !== text || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" && chosen()) {
      event.preventDefault();
      note(chosen());
      return;
    }
    if (!event.key.startsWith("Arrow")) return;
    event.preventDefault();
    const to = focus < 0 ? 0 : step(all, focus, event.key);
    // words of two paragraphs are no place: the choice stays within its own
    if (event.shiftKey && anchor >= 0 && all[to].piece !== all[anchor].piece) return;
    focus = to;
    if (!event.shiftKey || anchor < 0) anchor = to;
    show(all, anchor, focus);
  });
}

watchTheChoice();
if (noting) {
  texts.forEach(chooseByKeyboard);
  const keys = document.querySelector("[data-noting-keys]");
  if (keys) keys.hidden = false;
}
