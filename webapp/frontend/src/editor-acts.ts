// Buttons that change the lesson at once: a block more or less, an item moved. Without scripts they are plain forms.
import { Refused } from "./api";
import { goTo, activeBlock, setOpen } from "./editor-blocks";
import { adopt, blocks, findBlock, version } from "./editor-desk";
import { type Fields } from "./editor-answer";
import { readFields, savingForms } from "./editor-fields";
import { saveAll, sayWhen, send, show } from "./editor-saving";
import { announce, part, say } from "./page";

export function watchActs(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    const submitter = (event as SubmitEvent).submitter;
    const isAct = form.dataset["actForm"] !== undefined || form.matches("#blocks form.is-plain");
    if (!isAct || submitter?.getAttribute("formmethod") === "get") return;
    event.preventDefault();
    const name = submitter?.getAttribute("name");
    void act({ ...readFields(form), ...(name ? { [name]: submitter?.getAttribute("value") ?? "" } : {}) }, form);
  });
  document.addEventListener("toggle", (event) => {
    const details = event.target as HTMLElement;
    if (details.matches("[data-add]")) chooseAfter(details);
  }, true);
}

/** What is added goes after the block that one works on, unless one says otherwise. */
function chooseAfter(details: HTMLElement): void {
  const key = activeBlock()?.dataset["block"];
  if (key) part<HTMLSelectElement>(details, "select[name=after]").value = key;
}

/** Carries a change out, after all that is typed is saved. */
export async function act(fields: Fields, from: HTMLElement): Promise<void> {
  const names = new Set(blocks().map((block) => block.dataset["block"]));
  const block = from.closest<HTMLElement>("[data-block]");
  const forms = new Set(block ? savingForms(block).map((form) => form.dataset["form"]) : []);
  const title = block ? part(block, ".block-name").textContent?.trim() ?? "" : "";
  await saveAll();
  try {
    const answer = await send(fields, version());
    if (fields["do"]?.startsWith("block.")) (document.activeElement as HTMLElement | null)?.blur();
    adopt(answer, null);
    sayWhen(answer);
    afterwards(fields, names, forms, title);
  } catch (error) {
    const isSignedOut = error instanceof Refused && [401, 403].includes(error.status);
    show("warn", isSignedOut ? say("signed_out") : error instanceof Refused && error.message ? error.message : say("offline"));
  }
}

/** Where the reader stands after a change, and what is said of it. */
function afterwards(fields: Fields, names: Set<string | undefined>, forms: Set<string | undefined>, title: string): void {
  const kind = fields["do"] ?? "";
  const added = blocks().find((block) => !names.has(block.dataset["block"]));
  if (["block.insert", "block.copy"].includes(kind) && added) {
    goTo(added.dataset["block"] ?? "");
    added.querySelector<HTMLElement>(".block-body :is(textarea, input:not([type=hidden]), select)")?.focus();
    return announce(say("added", { name: part(added, ".block-name").textContent?.trim() ?? "" }));
  }
  if (kind === "block.move") return sayMoved(fields["block"] ?? "", fields["step"] ?? "");
  if (kind === "block.delete") {
    const entry = document.querySelector<HTMLElement>("#entries a");
    entry?.focus();
    return announce(say("deleted", { name: title }));
  }
  const key = fields["block"] ?? (fields["exercise"] ? `exercise-${fields["exercise"]}` : "");
  const block = findBlock(key);
  if (!block) return;
  setOpen(block, true);
  const fresh = savingForms(block).find((form) => !forms.has(form.dataset["form"]));
  const field = fresh?.querySelector<HTMLElement>(":is(textarea, input:not([type=hidden]), select)");
  if (field) field.focus();
  else if (document.activeElement === document.body) (block.querySelector<HTMLElement>('[role=tab][aria-selected="true"]') ?? part(block, ".block-toggle")).focus();
}

function sayMoved(key: string, step: string): void {
  const block = findBlock(key);
  if (!block) return;
  block.scrollIntoView({ block: "nearest" });
  const button = block.querySelector<HTMLElement>(`[aria-keyshortcuts="${step === "1" ? "Alt+ArrowDown" : "Alt+ArrowUp"}"]`);
  button?.focus({ preventScroll: true });
  const all = blocks();
  announce(say("moved", { name: part(block, ".block-name").textContent?.trim() ?? "", place: all.indexOf(block) + 1, of: all.length }));
}
