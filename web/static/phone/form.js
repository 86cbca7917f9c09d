// The form of one board: one press for "all is well", else a chip for each fault.  What is
// filled in is kept as it is typed, so that a phone that dies loses nothing.
import { change, keep, kept } from "./store.js";
import { draw, redrawn } from "./photo.js";
import { words } from "./words.js";

const part = (root, name) => root.querySelector(`[data-part="${name}"]`);

export class Form {
  constructor(page, board, boards, me) {
    this.board = board;
    this.me = me;
    this.key = `form:${me.agency}:${me.person}:${board.id}`;
    this.photos = new Map();
    this.openedAt = performance.now();
    this.root = page.querySelector("section");
    this.onSave = () => {};
    this.fillTop();
    this.chips = boards.kinds.map((kind) => this.chip(kind));
    part(this.root, "chips").append(...this.chips.map((chip) => chip.root));
    this.root.addEventListener("change", () => this.keepTyped());
    this.root.addEventListener("input", () => this.keepTyped());
    part(this.root, "well").addEventListener("click", () => this.save(true));
    part(this.root, "faulty").addEventListener("click", () => this.save(false));
  }

  fillTop() {
    const { unit, name, place, due, missing, last, faults } = this.board;
    part(this.root, "unit").textContent = unit;
    part(this.root, "more").textContent = [name, place].filter(Boolean).join(" · ");
    part(this.root, "last").textContent = last ? words.last(last) : words.firstLook;
    lines(part(this.root, "missing"), missing ?? []);
    lines(part(this.root, "due"), due ?? []);
    part(this.root, "hangs").hidden = !(due ?? []).length;
    part(this.root, "lacks").hidden = !(missing ?? []).length;
    lines(part(this.root, "faults"), faults);
    part(this.root, "open").hidden = !faults.length;
  }

  chip(kind) {
    const root = document.querySelector("#fault-chip").content.cloneNode(true).firstElementChild;
    const box = root.querySelector("input[type=checkbox]");
    const more = part(root, "more");
    box.value = kind.value;
    part(root, "label").textContent = kind.label;
    part(root, "help").textContent = kind.help;
    more.setAttribute("aria-label", kind.label);
    for (const look of ["good", "bad"]) {
      const picture = part(root, look);
      if (kind[look]) picture.src = kind[look];
      else picture.closest("figure").remove();
    }
    box.addEventListener("change", () => { more.hidden = !box.checked; });
    const canvas = root.querySelector("canvas");
    canvas.setAttribute("aria-label", words.photo(kind.label));
    root.querySelector("input[type=file]").addEventListener("change", (event) => this.takePhoto(kind.value, event.target, canvas));
    part(root, "no-photo").addEventListener("click", () => this.dropPhoto(kind.value, root));
    return { root, box, more, canvas, kind: kind.value, note: part(root, "note"), by: part(root, "by") };
  }

  async takePhoto(kind, input, canvas) {
    const file = input.files[0];
    if (!file) return;
    try {
      this.photos.set(kind, await redrawn(file));
      await draw(canvas, this.photos.get(kind));
      this.say("");
    } catch {
      this.say(words.badPhoto);
    }
    input.value = "";
    part(input.closest(".chip"), "no-photo").hidden = !this.photos.has(kind);
    await this.keepTyped();
  }

  async dropPhoto(kind, root) {
    this.photos.delete(kind);
    root.querySelector("canvas").hidden = true;
    part(root, "no-photo").hidden = true;
    await this.keepTyped();
  }

  get way() {
    return this.root.querySelector("input[name=way]:checked")?.value ?? "";
  }

  typed() {
    const faults = this.chips.filter((chip) => chip.box.checked).map((chip) => ({
      kind: chip.kind, note: chip.note.value.trim(), by: chip.by.value,
      photo: this.photos.get(chip.kind) ?? null,
    }));
    return { way: this.way, note: part(this.root, "note-all").value.trim(), faults };
  }

  keepTyped() {
    return this.saving ? undefined : keep(this.key, this.typed());
  }

  async restore() {
    const was = await kept(this.key);
    if (!was || !(was.way || was.note || was.faults.length)) return;
    this.openedAt = null;
    for (const way of this.root.querySelectorAll("input[name=way]")) way.checked = way.value === was.way;
    part(this.root, "note-all").value = was.note;
    for (const fault of was.faults) await this.restoreFault(fault);
  }

  async restoreFault(fault) {
    const chip = this.chips.find((one) => one.kind === fault.kind);
    if (!chip) return;
    chip.box.checked = true;
    chip.more.hidden = false;
    chip.note.value = fault.note;
    chip.by.value = fault.by;
    if (!fault.photo) return;
    this.photos.set(fault.kind, fault.photo);
    await draw(chip.canvas, fault.photo);
    part(chip.root, "no-photo").hidden = false;
  }

  async save(allWell) {
    const typed = this.typed();
    const wrong = this.wrong(allWell, typed);
    if (wrong || this.saving) return this.say(wrong);
    this.saving = true;
    const { board, me } = this;
    const now = await kept("me");
    if (now?.person !== me.person || now?.agency !== me.agency) {
      this.saving = false;
      return this.say(words.stranger);
    }
    const entry = {
      ...typed, entry_id: newId(), person: me.person, agency: me.agency, board: board.id,
      where: `${board.unit} ${board.name}`, noted_at: new Date().toISOString(), all_well: allWell,
      waits: true, said: "",
    };
    try {
      await change(["entries", "kept"], (entries, store) => {
        entries.put(entry);
        store.delete(this.key);
      });
    } catch {
      this.saving = false;
      return this.say(words.notKept);
    }
    const seconds = this.openedAt === null ? 0 : Math.max(1, Math.round((performance.now() - this.openedAt) / 1000));
    return this.onSave(entry, seconds);
  }

  wrong(allWell, typed) {
    if (!typed.way) return words.chooseWay;
    if (allWell && typed.faults.length) return words.bothWays;
    if (!allWell && !typed.faults.length) return words.chooseFault;
    return "";
  }

  say(sentence) {
    const box = part(this.root, "wrong");
    box.textContent = sentence;
    box.hidden = !sentence;
    if (sentence) box.scrollIntoView({ block: "center" });
  }
}

function lines(list, texts) {
  list.replaceChildren(...texts.map((text) => {
    const line = document.createElement("li");
    line.textContent = text;
    return line;
  }));
}

function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = [...crypto.getRandomValues(new Uint8Array(16))];
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
