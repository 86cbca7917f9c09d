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
}
document.getElementById("summary")?.focus();
