// Saving: each form a second after the last key, one after the other, and nothing typed is ever lost.
import { call, Refused, Unreachable } from "./api";
import { dropDraft, findDraft, keepDraft, listDrafts } from "./drafts";
import type { Answer, Fields, OvertakenAnswer } from "./editor-answer";
import { chooseText } from "./editor-choice";
import { adopt, blockMarks, rescue, version } from "./editor-desk";
import { baseOf, fillFields, findForm, formKey, isDirty, learn, readFields, savingForms, setBase } from "./editor-fields";
import { clock, icon, page, part, say } from "./page";

const PAUSE_MS = 1_000;
const LONGEST_RETRY_MS = 30_000;

const timers = new WeakMap<HTMLFormElement, number>();
let turn: Promise<unknown> = Promise.resolve();
let retry = 3_000;
let isKeptHere = true;
let lastSaid = document.getElementById("saved")?.textContent?.trim() ?? "";

export function watchForms(): void {
  document.addEventListener("input", (event) => typed(event.target, PAUSE_MS));
  document.addEventListener("change", (event) => {
    const isChoice = event.target instanceof HTMLSelectElement || (event.target instanceof HTMLInputElement && event.target.type === "checkbox");
    typed(event.target, isChoice ? 0 : PAUSE_MS);
  });
  document.addEventListener("focusout", (event) => {
    const form = formOf(event.target);
    if (form && isDirty(form)) schedule(form, 0);
  });
  document.addEventListener("submit", (event) => {
    const form = formOf(event.target);
    if (!form) return;
    event.preventDefault();
    schedule(form, 0);
  });
  window.addEventListener("online", () => saveAll());
  document.addEventListener("visibilitychange", () => document.hidden && saveAll());
  window.addEventListener("pagehide", () => saveAll());
  window.addEventListener("beforeunload", (event) => {
    if (!isKeptHere && savingForms(document).some(isDirty)) event.preventDefault();
  });
}

function formOf(target: EventTarget | null): HTMLFormElement | null {
  return target instanceof Element ? target.closest<HTMLFormElement>("form[data-form]:not(.is-plain)") : null;
}

function typed(target: EventTarget | null, wait: number): void {
  const form = formOf(target);
  if (form) touched(form, wait);
}

export function touched(form: HTMLFormElement, wait = PAUSE_MS): void {
  if (!isDirty(form)) return undo(form);
  isKeptHere = keepDraft(formKey(form), JSON.stringify(readFields(form)), baseOf(form));
  show(isKeptHere ? "" : "warn", say(isKeptHere ? "unsaved" : "unsaved_nowhere"));
  complain(form, "");
  schedule(form, wait);
}

/** What was typed was taken back before it was saved. */
function undo(form: HTMLFormElement): void {
  clearTimeout(timers.get(form));
  dropDraft(formKey(form));
  complain(form, "");
  if (!savingForms(document).some(isDirty)) show("cloud", lastSaid);
}

function schedule(form: HTMLFormElement, wait: number): void {
  clearTimeout(timers.get(form));
  timers.set(form, window.setTimeout(() => void save(form), wait));
}

/** Everything that is not saved yet, at once; resolves when it is, or could not be. */
export function saveAll(): Promise<unknown> {
  for (const form of savingForms(document)) if (isDirty(form)) void save(form);
  return turn;
}

export function save(form: HTMLFormElement): Promise<unknown> {
  clearTimeout(timers.get(form));
  turn = turn.then(() => attempt(form)).catch(() => undefined);
  return turn;
}

async function attempt(form: HTMLFormElement): Promise<void> {
  if (!form.isConnected || !isDirty(form)) return;
  const fields = readFields(form);
  show("", say("saving"));
  try {
    const answer = await send(fields, baseOf(form));
    confirm(form, fields);
    adopt(answer, { form, fields });
    retry = 3_000;
    complain(form, "");
    sayWhen(answer);
  } catch (error) {
    if (error instanceof Refused && error.code === "overtaken") await settle(form, fields, error.body as unknown as OvertakenAnswer);
    else explain(form, error);
  }
}

/** A change sent now. Throws Refused or Unreachable. */
export function send(fields: Fields, base: number): Promise<Answer> {
  const body = { base, fields, marks: blockMarks() };
  return call<Answer>("POST", `${page.base}/cambios`, { body, keepalive: JSON.stringify(body).length < 60_000 });
}

function confirm(form: HTMLFormElement, fields: Fields): void {
  learn(form, fields);
  if (isDirty(form)) touched(form);
  else dropDraft(formKey(form));
}

/** Somebody else saved the same part: both texts are shown, and the writer chooses. */
async function settle(form: HTMLFormElement, fields: Fields, answer: OvertakenAnswer): Promise<void> {
  const mine = answer.parts.map((one) => one.ours ?? "").join("\n\n") || Object.values(fields).join("\n");
  const theirs = answer.parts.map((one) => one.theirs ?? "").join("\n\n");
  const choice = await chooseText(mine, theirs);
  if (choice === "mine") {
    adopt(answer, null);
    setBase(form, answer.number);
    return attempt(form);
  }
  rescue(formKey(form), fields);
  dropDraft(formKey(form));
  learn(form, readFields(form));
  (document.activeElement as HTMLElement | null)?.blur();
  adopt(answer, null);
  sayWhen(answer);
}

function explain(form: HTMLFormElement, error: unknown): void {
  const isSignedOut = error instanceof Refused && [401, 403].includes(error.status);
  if (error instanceof Refused && !isSignedOut && error.status < 500 && error.status !== 429) {
    complain(form, error.message);
    return show("warn", say("refused"));
  }
  show(isSignedOut ? "warn" : "cloud-off", say(!isKeptHere ? "unsaved_nowhere" : isSignedOut ? "signed_out" : "offline_kept"));
  if (isSignedOut || !(error instanceof Refused || error instanceof Unreachable)) return;
  schedule(form, retry);
  retry = Math.min(retry * 2, LONGEST_RETRY_MS);
}

/** Why a form was not saved, said beside it. */
function complain(form: HTMLFormElement, text: string): void {
  let place = form.querySelector<HTMLElement>(".edit-error");
  if (!text) return place?.remove();
  if (!place) {
    place = document.createElement("p");
    place.className = "edit-error";
    place.setAttribute("role", "alert");
    form.append(place);
  }
  place.innerHTML = icon("warn");
  place.append(text);
}

export function sayWhen(answer: Answer): void {
  const text = answer.was_merged ? say("saved_merged") : say("saved_version", { time: clock(answer.saved_at), number: answer.number });
  lastSaid = text;
  show("cloud", text);
}

export function show(sign: string, text: string): void {
  const place = part(document, "#saved");
  place.innerHTML = sign ? icon(sign) : "";
  const words = document.createElement("span");
  words.textContent = text;
  place.append(words);
}

/** Puts back what this browser kept and the server never confirmed. */
export function restoreDrafts(): void {
  for (const key of listDrafts()) {
    const draft = findDraft(key);
    const fields = draft && (JSON.parse(draft.source) as Fields);
    if (!draft || !fields) continue;
    const form = findForm(key);
    if (!form) {
      rescue(key, fields);
      dropDraft(key);
      continue;
    }
    fillFields(form, fields);
    if (!isDirty(form)) {
      dropDraft(key);
      continue;
    }
    // An older version makes the server join both, or show both where they are about the same.
    if (draft.base > 0 && draft.base <= version()) setBase(form, draft.base);
    show("cloud-off", say("draft_restored"));
    schedule(form, 0);
  }
}
