// Sends what waits on the phone, each entry under the id it was given when it was logged:
// sent twice it arrives once.  An entry leaves the phone only against the server's receipt.
import { all, change, put } from "./store.js";
import { base64 } from "./photo.js";
import { words } from "./words.js";

const REFUSED = new Set([403, 404, 409, 413, 422]);
const MINUTE = 60_000;

export async function who() {
  try {
    const answer = await fetch("/b/me.json", { cache: "no-store", signal: AbortSignal.timeout(15_000) });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

// One sender at a time, also with the page open twice; ends with why it stopped.
export async function sendWaiting(told) {
  if (!navigator.locks) return send(told);
  return navigator.locks.request("sanshen-send", { ifAvailable: true }, (lock) => (lock ? send(told) : "busy"));
}

async function send(told) {
  const waiting = (await all("entries")).filter((entry) => entry.waits);
  if (!waiting.length) return "empty";
  const me = await who();
  if (!me) return "offline";
  if (!me.person) return "login";
  const mine = waiting.filter((entry) => entry.person === me.person && entry.agency === me.agency);
  mine.sort((one, other) => one.noted_at.localeCompare(other.noted_at));
  const ahead = new Date(me.now) - Date.now();
  for (const entry of mine) {
    const end = await sendOne(await setRight(entry, ahead), me);
    await told();
    if (end) return end;
  }
  return "done";
}

// A phone's clock may be wrong: before an entry goes out for the first time its moment is
// moved by what the server's clock is ahead, once, so that sent again it says the same.
async function setRight(entry, ahead) {
  if (entry.phone_at) return entry;
  const noted_at = new Date(Date.parse(entry.noted_at) + ahead).toISOString();
  const right = { ...entry, noted_at, phone_at: entry.noted_at };
  await put("entries", right);
  return right;
}

async function sendOne(entry, me) {
  let answer;
  try {
    answer = await fetch(me.send_to, {
      method: "POST",
      body: JSON.stringify(body(entry)),
      signal: AbortSignal.timeout(2 * MINUTE),
      headers: {
        "Content-Type": "application/json", Accept: "application/json",
        "X-CSRFToken": me.csrf, "X-Operation-Id": entry.entry_id,
      },
    });
    if (answer.ok) return await received(entry, await answer.json());
    if (REFUSED.has(answer.status)) return await refused(entry, answer);
  } catch {
    return "offline";
  }
  return answer.status === 401 || answer.status === 400 ? "login" : "later";
}

function body(entry) {
  const faults = entry.faults.map((fault) => ({ ...fault, photo: fault.photo ? base64(fault.photo) : "" }));
  return {
    entry_id: entry.entry_id, board: entry.board, noted_at: entry.noted_at, way: entry.way,
    all_well: entry.all_well, note: entry.note, faults,
  };
}

async function received(entry, said) {
  if (!said.receipt || said.entry_id !== entry.entry_id) return "later";
  const { entry_id, person, agency, board, where, noted_at, all_well } = entry;
  const receipt = { entry_id, person, agency, board, where, noted_at, all_well, receipt: said.receipt,
    outcome: said.outcome ?? "recorded", at: Date.now(),
    faults: entry.faults.map((fault, at) => ({ kind: fault.kind, due: said.faults?.[at]?.due ?? "" })) };
  await change(["entries", "receipts"], (entries, receipts) => {
    entries.delete(entry_id);
    receipts.put(receipt);
  });
  return null;
}

async function refused(entry, answer) {
  let message = words.refused;
  try {
    message = (await answer.json()).detail || message;
  } catch { /* an answer without words */ }
  await put("entries", { ...entry, waits: false, said: message });
  return null;
}
