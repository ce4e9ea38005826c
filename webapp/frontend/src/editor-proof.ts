// The proof of the lesson: asked for with one press, looked at until it is done, and shown where it belongs.
import { call, Refused } from "./api";
import type { Answer } from "./editor-answer";
import { saveAll, show } from "./editor-saving";
import { announce, page, part, say } from "./page";
import { showView } from "./editor-views";

interface ProofAnswer {
  state: string;
  is_going_on: boolean;
  verdict: string;
  panel: string;
  actions: string;
  errors: number;
  entries: Record<string, string>;
}

const LOOK_MS = 1_500;
let isFollowing = false;

export function watchProof(): void {
  document.addEventListener("submit", (event) => {
    const form = (event.target as Element).closest<HTMLFormElement>("[data-prove]");
    if (!form) return;
    event.preventDefault();
    if (!form.querySelector("button[aria-disabled=true]")) void prove();
  });
  if (part(document, "#proof").dataset["goingOn"] !== undefined) void follow();
}

async function prove(): Promise<void> {
  await saveAll();
  try {
    await call("POST", `${page.base}/prueba`, { body: {} });
  } catch (error) {
    show("warn", error instanceof Refused && error.message ? error.message : say("offline"));
    return;
  }
  showView("proof");
  part(document, "#proof").focus({ preventScroll: true });
  await follow();
}

async function follow(): Promise<void> {
  if (isFollowing) return;
  isFollowing = true;
  for (;;) {
    const answer = await call<ProofAnswer>("GET", `${page.base}/prueba`).catch((error: unknown) => (error instanceof Refused ? null : undefined));
    if (answer === null) break;
    if (answer) {
      paint(answer);
      for (const [key, html] of Object.entries(answer.entries)) mark(key, html);
      if (!answer.is_going_on) {
        announce(say("proof_done", { verdict: answer.verdict }));
        break;
      }
    }
    await new Promise((wake) => setTimeout(wake, LOOK_MS));
  }
  isFollowing = false;
}

function mark(key: string, html: string): void {
  const entry = document.querySelector<HTMLElement>(`#entries > [data-entry="${CSS.escape(key)}"]`);
  if (!entry) return;
  const isCurrent = entry.querySelector("[aria-current]") !== null;
  entry.outerHTML = html;
  if (isCurrent) document.querySelector(`#entries > [data-entry="${CSS.escape(key)}"] a`)?.setAttribute("aria-current", "true");
}

function paint({ panel, actions, errors }: Pick<ProofAnswer, "panel" | "actions" | "errors">): void {
  const proof = part(document, "#proof");
  if (proof.innerHTML !== panel) proof.innerHTML = panel;
  const place = part(document, "#actions");
  // A menu that is open is not taken away under the reader's hand.
  if (place.innerHTML !== actions && !place.querySelector("details[open]")) {
    const hadFocus = place.contains(document.activeElement);
    place.innerHTML = actions;
    if (hadFocus) place.querySelector<HTMLElement>("[data-prove] button")?.focus();
  }
  const count = part(document, "#proof-count");
  count.textContent = String(errors);
  count.hidden = !errors;
}

/** After a save: the proof is now of an older version. */
export function showProof(answer: Answer): void {
  paint(answer);
}
