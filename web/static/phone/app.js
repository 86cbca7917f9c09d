// The phone page: which boards are to be looked at, the form of one board, what waits.
// Everything is drawn from what the phone keeps; the network only refreshes it.
import { all, keep, kept, put } from "./store.js";
import { Form } from "./form.js";
import { sendWaiting, who } from "./send.js";
import { words } from "./words.js";

const AGAIN = 20_000;
const KEEP_RECEIPTS = 3 * 24 * 3600 * 1000;
const main = document.querySelector("#main");
const say = document.querySelector("[data-state]");
let me = null;
let boards = null;
let form = null;

const clone = (id) => document.querySelector(`#${id}`).content.cloneNode(true);
const part = (root, name) => root.querySelector(`[data-part="${name}"]`);
const mine = (entry) => me && entry.person === me.person && entry.agency === me.agency;
const where = (board) => `${board.unit} ${board.name}`;

function clock(moment) {
  return new Date(moment).toLocaleString(document.documentElement.lang, {
    month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", timeZone: "Asia/Shanghai",
  });
}

async function show() {
  const board = wanted();
  if (board && me) {
    if (form?.board.id !== board.id) await openForm(board);
    return;
  }
  form = null;
  await showList();
}

function wanted() {
  const id = Number(location.hash.replace("#board-", ""));
  const code = decodeURIComponent(location.pathname.replace(/^\/b\//, ""));
  const among = boards?.boards ?? [];
  return among.find((board) => (id ? board.id === id : code && board.code === code));
}

async function openForm(board) {
  form = new Form(clone("board-form"), board, boards, me);
  main.replaceChildren(form.root);
  await form.restore();
  form.onSave = (entry, seconds) => showSaved(board, entry, seconds);
  main.querySelector("h1").focus();
  scrollTo(0, 0);
}

async function showSaved(board, entry, seconds) {
  form = null;
  const page = clone("saved");
  part(page, "heading").textContent = words.saved(where(board));
  part(page, "seconds").textContent = seconds ? words.seconds(seconds) : "";
  const waits = new Set((await all("entries")).map((one) => one.board));
  const next = boards.boards.find((one) => !one.checked && one.id !== board.id && !waits.has(one.id));
  const link = part(page, "next");
  if (next) {
    link.href = `/b/#board-${next.id}`;
    link.textContent = words.next(next.unit);
  } else {
    link.remove();
  }
  page.querySelector("section").dataset.entry = entry.entry_id;
  main.replaceChildren(page);
  history.replaceState(null, "", "/b/#saved");
  main.querySelector("h1").focus();
  await send();
}

async function showList() {
  const page = clone("list");
  part(page, "as").textContent = me ? words.as(me.name) : words.stranger;
  part(page, "as-of").textContent = boards ? words.asOf(clock(boards.at)) : "";
  const list = part(page, "boards");
  const waits = new Set((await all("entries")).filter(mine).map((one) => one.board));
  for (const board of me && boards ? boards.boards : []) list.append(row(board, waits));
  if (!list.children.length) list.remove();
  main.replaceChildren(page);
  await showWaiting();
}

function row(board, waits) {
  const line = clone("board-row");
  line.querySelector("a").href = `#board-${board.id}`;
  part(line, "unit").textContent = board.unit;
  part(line, "more").textContent = board.checked ? words.checked(board.checked)
    : [board.name, board.place].filter(Boolean).join(" · ");
  const tag = part(line, "tag");
  if (waits.has(board.id)) tag.textContent = words.waits;
  else if (board.faults.length) tag.textContent = words.openFaults(board.faults.length);
  else tag.remove();
  return line;
}

// What waits is always in sight, on every view; another person's is not shown.
async function showWaiting() {
  const entries = await all("entries");
  const own = entries.filter(mine);
  const receipts = (await all("receipts")).filter((one) => mine(one) && one.at > Date.now() - KEEP_RECEIPTS);
  const box = document.querySelector("#waiting");
  const count = me ? own.length : entries.length;
  part(box, "count").textContent = count ? words.waiting(count) : words.none;
  part(box, "others").textContent = me && entries.length > own.length ? words.others : "";
  part(box, "send").hidden = !count;
  part(box, "entries").replaceChildren(...own.map(waitingLine), ...receipts.reverse().map(receivedLine));
  showReceipt(receipts);
}

function waitingLine(entry) {
  const line = document.createElement("li");
  const what = entry.all_well ? words.well : words.faults(entry.faults.length);
  const state = entry.waits ? words.waits : `${words.stays}：${entry.said}`;
  line.textContent = `${entry.where} · ${clock(entry.noted_at)} · ${what} · ${state}`;
  line.className = entry.waits ? "waits" : "refused";
  return line;
}

function receivedLine(one) {
  const line = document.createElement("li");
  const what = one.all_well ? words.well : words.faults(one.faults.length);
  line.textContent = `✓ ${one.where} · ${clock(one.noted_at)} · ${what} · ${words.sent} · ${words.receipt(one.receipt)}`;
  line.className = "received";
  return line;
}

function showReceipt(receipts) {
  const saved = main.querySelector("[data-entry]");
  const one = saved && receipts.find((receipt) => receipt.entry_id === saved.dataset.entry);
  if (!one) return;
  part(saved, "heading").textContent = `${one.where} ✓ ${words.sent}`;
  const names = Object.fromEntries(boards.kinds.map((kind) => [kind.value, kind.label]));
  const lines = [`${words.outcomes[one.outcome] ?? words.sent}${words.receipt(one.receipt)}`,
    ...one.faults.map((fault) => (fault.due ? words.due(names[fault.kind], fault.due) : words.opened(names[fault.kind])))];
  part(saved, "receipt").replaceChildren(...lines.map((text) => {
    const line = document.createElement("li");
    line.textContent = text;
    return line;
  }));
}

async function send() {
  await showWaiting();
  const waiting = (await all("entries")).some((entry) => entry.waits);
  if (waiting) say.textContent = words.sending;
  const end = await sendWaiting(showWaiting);
  await showWaiting();
  const left = (await all("entries")).some((entry) => entry.waits && mine(entry));
  if (end !== "busy") tell(end === "done" && !left && waiting ? "done" : end);
}

function tell(end) {
  const login = document.querySelector("[data-login]");
  login.hidden = end !== "login" && Boolean(me);
  login.href = `/login?next=${encodeURIComponent("/b/")}`;
  say.textContent = words[end] && end !== "waiting" ? words[end] : "";
}

async function retryAll() {
  for (const entry of (await all("entries")).filter((one) => mine(one) && !one.waits)) {
    await put("entries", { ...entry, waits: true, said: "" });
  }
  await send();
}

// Who is there and how the boards are; what was kept stays when there is no answer.
async function refresh() {
  const answer = await who();
  if (!answer) return tell("offline");
  if (!answer.person) return tell("login");
  if (!answer.inspector) {
    me = null;
    await keep("me", null);
    await show();
    say.textContent = words.notInspector;
    return undefined;
  }
  if (me?.person !== answer.person || me?.agency !== answer.agency) form = null;
  me = { person: answer.person, agency: answer.agency, name: answer.name };
  await keep("me", me);
  const fresh = await fetch("/b/boards.json", { cache: "no-store" });
  if (fresh.ok) {
    boards = await fresh.json();
    await keep(`boards:${me.agency}`, boards);
  }
  if (!form && !main.querySelector("[data-entry]")) await show();
  return send();
}

async function start() {
  me = await kept("me");
  boards = me && await kept(`boards:${me.agency}`);
  addEventListener("hashchange", show);
  addEventListener("online", () => refresh());
  addEventListener("offline", () => tell("offline"));
  document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
  part(document.querySelector("#waiting"), "send").addEventListener("click", retryAll);
  setInterval(send, AGAIN);
  await show();
  await showWaiting();
  await refresh();
}

async function offlineToo() {
  const hint = document.querySelector("[data-insecure]");
  if (!navigator.serviceWorker) {
    hint.textContent = words.insecure;
    hint.hidden = false;
    return;
  }
  await navigator.serviceWorker.register("/b/sw.js", { scope: "/b/" });
  await navigator.serviceWorker.ready;
  await navigator.storage?.persist?.();
  document.documentElement.dataset.offline = "ready";
}

start();
offlineToo();
