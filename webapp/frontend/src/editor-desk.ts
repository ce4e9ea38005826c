// The blocks on the page, brought to what the server says without touching where somebody is writing.
import { type Answer, type BlockAnswer, element, type Fields } from "./editor-answer";
import { isDirty, isSame, knownFields, learn, readFields, savingForms, setBase } from "./editor-fields";
import { part, say } from "./page";

interface Saved {
  form: HTMLFormElement;
  fields: Fields;
}

type Wiring = (root: HTMLElement) => void;

const wirings: Wiring[] = [];
const listeners: ((answer: Answer) => void)[] = [];
let number = 0;

/** Called for each block that comes onto the page. */
export function onBlock(wire: Wiring): void {
  wirings.push(wire);
}

/** Called after the page shows what the server said. */
export function onAnswer(hear: (answer: Answer) => void): void {
  listeners.push(hear);
}

export function version(): number {
  return number;
}

export function startDesk(): void {
  number = Number(document.querySelector<HTMLInputElement>("input[name=base]")?.value ?? 1);
  for (const block of blocks()) wire(block);
}

export function blocks(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("#blocks > [data-block]")];
}

export function findBlock(key: string): HTMLElement | null {
  return blocks().find((block) => block.dataset["block"] === key) ?? null;
}

export function blockMarks(): string[] {
  return blocks().map((block) => block.dataset["mark"] ?? "");
}

function wire(block: HTMLElement): void {
  for (const form of savingForms(block)) learn(form);
  for (const one of wirings) one(block);
}

/** Brings the page to what the server says. saved: the form that was just saved, and as what. */
export function adopt(answer: Answer, saved: Saved | null): void {
  if (answer.broken || answer.number < number) {
    if (answer.broken) location.reload();
    return;
  }
  number = answer.number;
  const focus = document.activeElement as HTMLElement | null;
  const container = part(document, "#blocks");
  const before = new Map(blocks().map((block) => [block.dataset["block"] ?? "", block]));
  const after = answer.blocks.map((one) => settled(one, before.get(one.key), saved));
  if (after.some((block) => block === null)) return location.reload();
  for (const block of blocks()) if (!after.includes(block)) leave(block);
  after.forEach((block, place) => {
    if (block && container.children[place] !== block) container.insertBefore(block, container.children[place] ?? null);
  });
  fill("entries", answer.blocks.map((one) => one.entry).join(""));
  fill("loose", answer.loose);
  fill("add", answer.add);
  for (const form of document.querySelectorAll<HTMLElement>("#add form")) setBase(form, number);
  if (focus?.isConnected && document.activeElement !== focus) focus.focus({ preventScroll: true });
  for (const hear of listeners) hear(answer);
}

/** The block as it is to stand on the page; null where the server thought that the page had it. */
function settled(answer: BlockAnswer, old: HTMLElement | undefined, saved: Saved | null): HTMLElement | null {
  const fresh = answer.html ? element(answer.html) : null;
  if (!old) {
    if (fresh) wire(fresh);
    return fresh;
  }
  if (!fresh || old.dataset["mark"] === answer.mark) {
    setBase(old, number);
    return old;
  }
  if (isBusy(old) && !replaceable(old, fresh, saved)) return old;
  if (isBusy(old) && isTheSame(old, fresh, saved)) {
    old.dataset["mark"] = answer.mark;
    setBase(old, number);
    takeWords(old, fresh);
    return old;
  }
  return replace(old, fresh);
}

function isBusy(block: HTMLElement): boolean {
  return block.contains(document.activeElement) || block.querySelector(".is-running") !== null || savingForms(block).some(isDirty);
}

/** Whether nothing that is typed and not saved yet would go. What stays keeps the version that it was written on. */
function replaceable(old: HTMLElement, fresh: HTMLElement, saved: Saved | null): boolean {
  if (isTheSame(old, fresh, saved)) return true;
  if (saved && old.contains(saved.form)) setBase(saved.form, number);
  return !savingForms(old).some(isDirty) && old.querySelector(".is-running") === null;
}

/** Whether the fields on the page are those that the server has, apart from what is being typed just now. */
function isTheSame(old: HTMLElement, fresh: HTMLElement, saved: Saved | null): boolean {
  const theirs = new Map(savingForms(fresh).map((form) => [form.dataset["form"], readFields(form)]));
  const mine = savingForms(old);
  return (
    mine.length === theirs.size &&
    mine.every((form) => {
      const values = theirs.get(form.dataset["form"]);
      return values !== undefined && isSame(saved?.form === form ? saved.fields : knownFields(form), values);
    })
  );
}

/** What stands around the fields: its name, what is wrong with it. */
function takeWords(old: HTMLElement, fresh: HTMLElement): void {
  part(old, ".block-name").innerHTML = part(fresh, ".block-name").innerHTML;
  for (const words of old.querySelectorAll(".block-body > :is(.block-complaints, .stale)")) words.remove();
  const words = fresh.querySelectorAll(".block-body > :is(.block-complaints, .stale)");
  part(old, ".block-body").prepend(...words);
}

function replace(old: HTMLElement, fresh: HTMLElement): HTMLElement {
  const place = focusPlace(old);
  fresh.classList.toggle("is-open", old.classList.contains("is-open"));
  fresh.classList.toggle("is-active", old.classList.contains("is-active"));
  const tab = old.querySelector<HTMLElement>("[data-tabs]")?.dataset["tab"];
  const tabs = fresh.querySelector<HTMLElement>("[data-tabs]");
  if (tab && tabs) tabs.dataset["tab"] = tab;
  for (const one of old.querySelectorAll<HTMLDetailsElement>("form[data-form] details[open]")) reopen(one, fresh);
  for (const cell of old.querySelectorAll<HTMLElement>("[data-cell]")) keepOutput(cell, fresh);
  old.replaceWith(fresh);
  wire(fresh);
  place?.(fresh);
  return fresh;
}

function reopen(details: HTMLDetailsElement, fresh: HTMLElement): void {
  const form = details.closest<HTMLElement>("form[data-form]");
  const at = form ? [...form.querySelectorAll("details")].indexOf(details) : -1;
  const twin = fresh.querySelector(`form[data-form="${CSS.escape(form?.dataset["form"] ?? "")}"]`)?.querySelectorAll("details")[at];
  if (twin) twin.open = true;
}

function keepOutput(cell: HTMLElement, fresh: HTMLElement): void {
  const twin = fresh.querySelector<HTMLElement>(`[data-cell="${CSS.escape(cell.dataset["cell"] ?? "")}"]`);
  const output = cell.querySelector(".output");
  if (twin && output?.childElementCount) twin.querySelector(".output")?.replaceWith(output);
}

/** Where the cursor is, to be found again in the same field of another element. */
function focusPlace(block: HTMLElement): ((fresh: HTMLElement) => void) | null {
  const field = document.activeElement;
  if (!(field instanceof HTMLElement) || !block.contains(field)) return null;
  const name = field.getAttribute("name");
  const form = field.closest<HTMLElement>("form")?.dataset["form"];
  const ends = field instanceof HTMLTextAreaElement || (field instanceof HTMLInputElement && field.type === "text") ? [field.selectionStart, field.selectionEnd] : null;
  const label = field.getAttribute("aria-label");
  return (fresh) => {
    const selector = name && form ? `form[data-form="${CSS.escape(form)}"] [name="${CSS.escape(name)}"]` : label ? `[aria-label="${CSS.escape(label)}"]` : ".block-toggle";
    const twin = fresh.querySelector<HTMLElement>(selector) ?? fresh.querySelector<HTMLElement>(".block-toggle");
    twin?.focus({ preventScroll: true });
    if (ends && (twin instanceof HTMLTextAreaElement || twin instanceof HTMLInputElement)) twin.setSelectionRange(ends[0] ?? 0, ends[1] ?? 0);
  };
}

/** A block that is no more: what was typed in it and is not saved is kept on the page. */
function leave(block: HTMLElement): void {
  for (const form of savingForms(block)) if (isDirty(form)) rescue("", readFields(form));
  block.remove();
}

/** Text whose place is gone, shown to be copied. */
export function rescue(_key: string, fields: Fields): void {
  const texts = Object.entries(fields).filter(([name]) => /^(body|text|title|v:|f:|es|en)/.test(name)).map(([, value]) => value);
  if (!texts.some((text) => text.trim())) return;
  const place = part(document, "#rescued");
  const box = document.createElement("div");
  box.className = "notice notice-warning";
  const area = document.createElement("textarea");
  area.className = "input";
  area.readOnly = true;
  area.rows = 6;
  area.value = texts.join("\n\n");
  area.setAttribute("aria-label", say("lost_form"));
  const words = document.createElement("p");
  words.textContent = say("lost_form");
  box.append(words, area);
  place.append(box);
  place.hidden = false;
}

function fill(id: string, html: string): void {
  const place = document.getElementById(id);
  if (place) place.innerHTML = html;
}
