// Lets the phone page open without a signal.  It keeps the page's own files and nothing
// about anybody; SHELL (version and files) is put before this text by the server.
/* global SHELL */

const STORE = `sanshen-phone-${SHELL.version}`;
const PAGE = "/b/";
const PATIENCE = 5000;

self.addEventListener("install", (event) => {
  event.waitUntil(fill().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(clear().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    event.respondWith(address.pathname === PAGE ? own(PAGE, request) : board(request));
  } else if (SHELL.files.includes(address.pathname)) {
    event.respondWith(own(address.pathname, request));
  }
});

async function fill() {
  const store = await caches.open(STORE);
  // "reload": never an older copy out of the browser's own cache
  await store.addAll(SHELL.files.map((file) => new Request(file, { cache: "reload" })));
}

async function clear() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith("sanshen-phone-") && name !== STORE);
  await Promise.all(old.map((name) => caches.delete(name)));
}

async function own(path, request) {
  const store = await caches.open(STORE);
  return (await store.match(path)) ?? fetch(request);
}

// A board's code: the server decides who sees what; without it the page itself opens.
async function board(request) {
  try {
    return await Promise.race([fetch(request), tooLate()]);
  } catch {
    return own(PAGE, request);
  }
}

function tooLate() {
  return new Promise((_, reject) => { setTimeout(() => reject(new Error("no signal")), PATIENCE); });
}
