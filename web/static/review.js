// Quicker reviewing.  Without this file everything still works.

const form = document.getElementById("decision");
const open = (id) => {
  const box = document.getElementById(id);
  if (box) box.open = true;
  return box;
};

function unanswered() {
  return [...form.querySelectorAll(".check")].filter(
    (line) => !line.querySelector("input:checked"),
  ).length;
}

function refused() {
  return form.querySelectorAll('.check input[value="no"]:checked').length;
}

function missing() {
  const words = form.dataset;
  const parts = [];
  const open_findings = Number(words.openFindings);
  if (unanswered()) parts.push(words.unanswered.replace("{n}", unanswered()));
  if (refused()) parts.push(words.refused.replace("{n}", refused()));
  const precheck = Number(words.openPrecheck);
  if (precheck) parts.push(words.prechecked.replace("{n}", precheck));
  if (open_findings) parts.push(words.waiting.replace("{n}", open_findings));
  return parts;
}

function watchTheSigning() {
  const button = form.querySelector("[data-sign]");
  if (!button) return;
  const said = form.querySelector("[data-missing]");
  const look = () => {
    const parts = missing();
    button.disabled = parts.length > 0;
    said.textContent = parts.length ? form.dataset.before + parts.join("；") : "";
  };
  form.addEventListener("change", look);
  window.addEventListener("pageshow", look);
  look();
}

function openWhatIsAskedFor() {
  for (const link of form.querySelectorAll("[data-opens]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const box = open(link.dataset.opens);
      box.scrollIntoView({ block: "start" });
      box.querySelector("input, select, button").focus({ preventScroll: true });
    });
  }
}

function emptyLine() {
  return [...form.querySelectorAll(".finding-line")].find((line) =>
    [...line.querySelectorAll("input")].every((input) => !input.value),
  );
}

function fill(quote) {
  const line = emptyLine();
  if (!line) return;
  open("return");
  line.querySelector('[name$="-quote"]').value = quote;
  line.querySelector("select").focus();
  line.scrollIntoView({ block: "center" });
}

function markFromTheText() {
  const text = document.querySelector("[data-text]");
  if (!text || !form.querySelector(".finding-line")) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-primary btn-sm mark-here";
  button.textContent = form.dataset.mark;
  button.hidden = true;
  document.body.append(button);
  const chosen = () => {
    const selection = document.getSelection();
    const inside = selection.rangeCount && text.contains(selection.anchorNode);
    const words = inside ? selection.toString().trim() : "";
    return words && !words.includes("\n") && words.length <= 500 ? selection : null;
  };
  const look = () => {
    const selection = chosen();
    button.hidden = !selection;
    if (!selection) return;
    const place = selection.getRangeAt(0).getBoundingClientRect();
    button.style.left = `${Math.max(8, place.left + window.scrollX)}px`;
    button.style.top = `${place.bottom + window.scrollY + 6}px`;
  };
  document.addEventListener("selectionchange", look);
  look(); // on a slow line words may be chosen before this file has come
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", () => {
    const selection = chosen();
    if (selection) fill(selection.toString().trim());
    button.hidden = true;
  });
}

function stepThroughFindings() {
  const anchors = [...document.querySelectorAll(".span-anchor")];
  let at = -1;
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select");
    const step = { j: 1, k: -1 }[event.key];
    if (typing || !step || !anchors.length || event.ctrlKey || event.metaKey) return;
    at = (at + step + anchors.length) % anchors.length;
    anchors[at].scrollIntoView({ block: "center" });
    for (const span of document.querySelectorAll(".span-here"))
      span.classList.remove("span-here");
    anchors[at].nextElementSibling?.classList.add("span-here");
    anchors[at].focus({ preventScroll: true });
  });
}

function phrasesByClick() {
  const opinion = document.getElementById("field-opinion");
  for (const button of form.querySelectorAll("[data-phrase]")) {
    button.addEventListener("click", () => {
      opinion.setRangeText(
        button.textContent,
        opinion.selectionStart,
        opinion.selectionEnd,
        "end",
      );
      opinion.focus();
    });
  }
}

stepThroughFindings();
if (form) {
  phrasesByClick();
  watchTheSigning();
  openWhatIsAskedFor();
  markFromTheText();
}
document.getElementById("summary")?.focus();
