// The fields of a form that saves itself: what is in them, what the server knows of them, and where they stand.
import type { Fields } from "./editor-answer";

const SENT_OTHERWISE = new Set(["csrf_token", "base"]);
const known = new WeakMap<HTMLFormElement, Fields>();

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

export function controls(form: HTMLFormElement): Control[] {
  return [...form.elements].filter(
    (one): one is Control => !(one instanceof HTMLButtonElement) && "name" in one && Boolean((one as Control).name),
  );
}

export function readFields(form: HTMLFormElement): Fields {
  const fields: Fields = {};
  for (const [name, value] of new FormData(form)) {
    if (!SENT_OTHERWISE.has(name) && typeof value === "string") fields[name] = value.replace(/\r\n/g, "\n");
  }
  return fields;
}

/** What somebody typed, put back where it was typed. */
export function fillFields(form: HTMLFormElement, fields: Fields): void {
  for (const control of controls(form)) {
    if (control instanceof HTMLInputElement && control.type === "checkbox") control.checked = control.name in fields;
    else if (control.name in fields && control.type !== "hidden") control.value = fields[control.name] ?? "";
    control.dispatchEvent(new Event("aula-filled"));
  }
}

/** The server has these values of the form. */
export function learn(form: HTMLFormElement, fields: Fields = readFields(form)): void {
  known.set(form, fields);
}

export function knownFields(form: HTMLFormElement): Fields {
  return known.get(form) ?? {};
}

export function isDirty(form: HTMLFormElement): boolean {
  const before = known.get(form);
  return before !== undefined && !isSame(before, readFields(form));
}

/** Blanks at the ends of a text are the server's to trim. */
export function isSame(one: Fields, other: Fields): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => name in other && trimmed(one, name) === trimmed(other, name));
}

function trimmed(fields: Fields, name: string): string {
  return (fields[name] ?? "").trim();
}

export function savingForms(root: ParentNode): HTMLFormElement[] {
  return [...root.querySelectorAll<HTMLFormElement>("form[data-form]:not(.is-plain)")];
}

/** Its name on this page, the same after the block is drawn anew. */
export function formKey(form: HTMLFormElement): string {
  return `${form.closest<HTMLElement>("[data-block]")?.dataset["block"] ?? ""}|${form.dataset["form"] ?? ""}`;
}

export function findForm(key: string): HTMLFormElement | null {
  return savingForms(document).find((form) => formKey(form) === key) ?? null;
}

export function baseOf(form: HTMLFormElement): number {
  return Number(form.querySelector<HTMLInputElement>("input[name=base]")?.value ?? 0);
}

export function setBase(root: ParentNode, number: number): void {
  for (const input of root.querySelectorAll<HTMLInputElement>("input[name=base]")) input.value = String(number);
}
