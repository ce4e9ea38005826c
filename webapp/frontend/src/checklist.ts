// The checklist of who teaches: its marks stay in this browser, and it works without them.
import { remember, remembered } from "./memory";

const KEY = "aula-checklist";

export function wireChecklist(): void {
  const list = document.querySelector<HTMLElement>("[data-checklist]");
  if (!list) return;
  const boxes = [...list.querySelectorAll<HTMLInputElement>("input[type=checkbox]")];
  const marked = new Set(read());
  for (const box of boxes) box.checked = marked.has(box.id);
  const keep = (): void => remember(KEY, JSON.stringify(boxes.filter((box) => box.checked).map((box) => box.id)));
  list.addEventListener("change", keep);
  const clear = document.querySelector<HTMLButtonElement>("[data-unmark]");
  if (!clear) return;
  clear.hidden = false;
  clear.addEventListener("click", () => {
    for (const box of boxes) box.checked = false;
    keep();
    boxes[0]?.focus();
  });
}

function read(): string[] {
  try {
    const found: unknown = JSON.parse(remembered(KEY) || "[]");
    return Array.isArray(found) ? found.filter((one) => typeof one === "string") : [];
  } catch {
    return [];
  }
}
