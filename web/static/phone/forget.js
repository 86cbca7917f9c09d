// On the sign-in page: nobody is signed in, so the phone page no longer knows a name to
// log under.  What waits to be sent stays where it is.
import { drop } from "./store.js";

async function forget() {
  const there = indexedDB.databases ? await indexedDB.databases() : [];
  if (there.some((one) => one.name === "sanshen-phone")) await drop("me");
}

forget().catch(() => { /* a browser without a store has nothing to forget */ });
