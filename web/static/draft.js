// Makes writing quicker and safer: counts, keeps what is typed, cleans what is pasted.
// Without it the form works the same, and the server cleans the text.
import { plain } from "./paste.js";

const EVERY = 10_000;
const form = document.querySelector("form[data-draft]");
const body = form.elements.body;
const said = form.querySelector("[data-saved]");
const english = document.documentElement.lang === "en";
const words = english ? {
  count: (n) => `${n} characters`,
  kept: (at) => `Kept automatically at ${at}`,
  newer: "A newer text was kept from another window; this window no longer keeps. Save here, or close this window.",
  out: "You are signed out. The text stays here: sign in again in another window, then save.",
  failed: "Could not keep automatically; will try again. Please save soon.",
} : {
  count: (n) => `现有 ${n} 字`,
  kept: (at) => `已自动保存 ${at}`,
  newer: "另一个窗口里有更新的内容，本窗口不再自动保存。请在这里保存草稿，或关闭本窗口。",
  out: "登录已过期。文字还在本页：请在新窗口重新登录，再回来保存。",
  failed: "自动保存没有成功，稍后再试。请尽快保存草稿。",
};

let last = contents();
let busy = null;
let stopped = false;

function contents() {
  const sent = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && name !== "operation") sent.append(name, value);
  }
  return sent;
}

function withoutCounter(sent) {
  const copy = new URLSearchParams(sent);
  copy.delete("sequence");
  return copy.toString();
}

function count() {
  const length = [...body.value.replace(/\s/g, "")].length;
  form.querySelector("[data-count]").textContent = words.count(length);
}

function say(sentence, wrong) {
  said.textContent = sentence;
  said.classList.toggle("is-wrong", wrong);
}

async function keep() {
  const now = contents();
  if (stopped || busy || withoutCounter(now) === withoutCounter(last)) return;
  busy = new AbortController();
  let kept = false;
  try {
    const answer = await fetch(form.dataset.autosave, {
      method: "POST", body: now, signal: busy.signal, headers: { Accept: "application/json" },
      // a page that is being left may still finish a request of at most 64 KB
      keepalive: now.toString().length < 60_000,
    });
    kept = await heard(answer, now);
  } catch (error) {
    if (error.name !== "AbortError") say(words.failed, true);
  } finally {
    busy = null;
  }
  if (kept) keep();  // what was typed meanwhile does not wait for the next round
}

async function heard(answer, sent) {
  if (answer.ok && !answer.redirected) {
    const kept = await answer.json();
    form.elements.sequence.value = kept.sequence;
    last = sent;
    say(words.kept(kept.saved), false);
    return true;
  }
  if (answer.status === 409) {
    stopped = true;
    say(words.newer, true);
  } else {
    say(answer.status === 401 ? words.out : words.failed, true);
  }
  return false;
}

function paste(event) {
  const html = event.clipboardData.getData("text/html");
  if (!html) return;
  event.preventDefault();
  const text = plain(html);
  // keeps Ctrl+Z working; setRangeText does not
  if (!document.execCommand("insertText", false, text)) {
    body.setRangeText(text, body.selectionStart, body.selectionEnd, "end");
    count();
  }
}

// The words of a finding, chosen in the field where they stand now.
function goTo(link) {
  const { part, start, quote } = link.dataset;
  const field = { title: form.elements.title, body }[part];
  if (!field) return false;
  // offsets count characters as people do, a field counts UTF-16 units
  let at = [...field.value].slice(0, Number(start)).join("").length;
  if (!field.value.startsWith(quote, at)) at = field.value.indexOf(quote);
  if (at < 0) return false;
  field.setSelectionRange(at, at);
  field.blur();
  field.focus();  // brings the place into view
  field.setSelectionRange(at, at + quote.length);
  return true;
}

for (const link of form.querySelectorAll("[data-goto]")) {
  link.addEventListener("click", (event) => {
    if (goTo(link)) event.preventDefault();
  });
}
body.addEventListener("input", count);
body.addEventListener("paste", paste);
form.addEventListener("focusout", keep);
document.addEventListener("visibilitychange", keep);
window.addEventListener("pagehide", keep);
form.addEventListener("submit", (event) => {
  if (event.submitter && "preview" in event.submitter.dataset) return;
  stopped = true;
  if (busy) busy.abort();
});
window.addEventListener("pageshow", () => { stopped = false; });
setInterval(keep, EVERY);
count();
