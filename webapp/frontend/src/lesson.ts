// Entry of the lesson page.
import { AulaCell } from "./cell";
import { wireClassHelp } from "./class-help";
import { prefersPlainEditor, preferPlainEditor } from "./code-area";
import { environment } from "./environment";
import { AulaExercise } from "./exercise";
import { wireExplorer } from "./explorer";
import { watchSections } from "./index";
import { page } from "./page";

customElements.define("aula-cell", AulaCell);
customElements.define("aula-exercise", AulaExercise);
watchSections();
wireClassHelp();

if (page.person) {
  wireExplorer();
  wirePanel();
  void environment.refresh();
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) void environment.refresh();
  });
}

function wirePanel(): void {
  document.querySelector("[data-act=restart]")?.addEventListener("click", () => void environment.restart());
  document.querySelector("[data-act=wake]")?.addEventListener("click", () => environment.wake());
  const plain = document.querySelector<HTMLInputElement>("[data-act=plain-editor]");
  if (plain) {
    plain.checked = prefersPlainEditor();
    plain.addEventListener("change", () => preferPlainEditor(plain.checked));
  }
}
