// Entry of the pages for teaching: the presentation and its notes, the board of a class, what is printed.
import { wireBoard } from "./board";
import { wireChecklist } from "./checklist";
import { wirePresentation } from "./presentation";

wirePresentation();
wireBoard();
wireChecklist();

for (const button of document.querySelectorAll<HTMLButtonElement>("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
