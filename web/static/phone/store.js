// What the phone keeps until the server has it: a thin wrapper over IndexedDB.
// Stores: entries (what was logged, by entry_id), receipts (what the server has),
// kept (who I am, the boards as last seen, the form being filled in).

const STORES = { entries: "entry_id", receipts: "entry_id", kept: "key" };
let opening = null;

function opened() {
  opening ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open("sanshen-phone", 1);
    asked.onupgradeneeded = () => {
      for (const [name, keyPath] of Object.entries(STORES)) asked.result.createObjectStore(name, { keyPath });
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  return opening;
}

// Resolves when it is on the disk ("strict"), not when the browser has taken it in hand.
export async function change(names, doing) {
  const db = await opened();
  return new Promise((resolve, reject) => {
    const work = db.transaction(names, "readwrite", { durability: "strict" });
    work.oncomplete = () => resolve();
    work.onerror = work.onabort = () => reject(work.error);
    doing(...names.map((name) => work.objectStore(name)));
  });
}

async function ask(name, doing) {
  const db = await opened();
  return new Promise((resolve, reject) => {
    const asked = doing(db.transaction(name, "readonly").objectStore(name));
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

export const all = (name) => ask(name, (store) => store.getAll());
export const put = (name, thing) => change([name], (store) => store.put(thing));
export const kept = async (key) => (await ask("kept", (store) => store.get(key)))?.value ?? null;
export const keep = (key, value) => put("kept", { key, value });
export const drop = (key) => change(["kept"], (store) => store.delete(key));
