// Two tabs or two computers wrote in the same cell: both texts are shown and the reader chooses.
import { clock, part, say } from "./page";

export interface ServerText {
  version: number;
  source: string;
  saved_at: string;
}

let asking: Promise<unknown> = Promise.resolve();

/** "mine" where what is on this page is to be saved on top, "theirs" where the saved text is to be taken. */
export function askAboutConflict(mine: string, theirs: ServerText): Promise<"mine" | "theirs"> {
  const answer = asking.then(() => ask(mine, theirs));
  asking = answer;
  return answer;
}

function ask(mine: string, theirs: ServerText): Promise<"mine" | "theirs"> {
  const dialog = part<HTMLDialogElement>(document, "#conflict");
  part(dialog, "[data-mine]").textContent = mine;
  part(dialog, "[data-theirs]").textContent = theirs.source;
  part(dialog, "[data-when]").textContent = say("saved_elsewhere_at", { time: clock(theirs.saved_at) });
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    // Esc chooses nothing away: the page's text stays, and is saved on top as a version of its own.
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "theirs" ? "theirs" : "mine"), { once: true });
  });
}
