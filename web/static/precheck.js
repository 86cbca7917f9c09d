// Findings by keyboard: J and K step (review.js), F fixes, G writes why it is kept.
// Without this file everything still works.

const list = document.querySelector("[data-precheck], [data-raised]");
const keys = document.querySelector("[data-precheck-keys]");
const said = document.querySelector("[data-precheck-count]");
const anchors = [...document.querySelectorAll(".span-anchor")];

function itemOf(anchor) {
  return document.getElementById(anchor.id.replace("mark-", "finding-"));
}

function here() {
  const at = anchors.indexOf(document.activeElement);
  return at < 0 ? null : itemOf(anchors[at]);
}

function follow() {
  const item = here();
  for (const one of document.querySelectorAll(".finding-here"))
    one.classList.remove("finding-here");
  if (!item) return;
  item.classList.add("finding-here");
  item.scrollIntoView({ block: "nearest" });
  if (said)
    said.textContent = `${anchors.indexOf(document.activeElement) + 1}/${anchors.length}`;
}

function act(key) {
  const item = here() ?? document.activeElement.closest(".finding");
  if (!item) return;
  if (key === "f") item.querySelector("[data-fix]")?.click();
  if (key !== "g") return;
  const reason = item.querySelector("[data-reason]");
  if (!reason) return;
  reason.open = true;
  reason.querySelector("input, textarea").focus();
}

if (list) {
  if (keys) keys.hidden = false;
  document.addEventListener("focusin", follow);
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key !== "f" && event.key !== "g") return;
    event.preventDefault();
    act(event.key);
  });
}
