// Two people wrote in the same part: both texts are shown and the writer chooses.
import { part } from "./page";

/** "mine" where what is on this page is to be saved on top, "theirs" where the saved text is to be kept. */
export function chooseText(mine: string, theirs: string): Promise<"mine" | "theirs"> {
  const dialog = part<HTMLDialogElement>(document, "#overtaken");
  part(dialog, "[data-mine]").textContent = mine;
  part(dialog, "[data-theirs]").textContent = theirs;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    // Esc chooses nothing away: the page's text stays, and is saved on top as a version of its own.
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "theirs" ? "theirs" : "mine"), { once: true });
  });
}
