// The phone's key bar: what Python needs and a phone's keyboard hides.
import type { CodeArea } from "./code-area";
import { say } from "./page";

// Label, text to insert, how many characters the cursor goes back.
const KEYS: readonly [string, string, number][] = [
  ["⇥", "    ", 0], ["( )", "()", 1], ["[ ]", "[]", 1], ['" "', '""', 1], ["=", "=", 0], ["_", "_", 0], [".", ".", 0], [":", ":", 0],
];

export function addKeyBar(owner: HTMLElement, before: Element, area: CodeArea): void {
  const bar = document.createElement("div");
  bar.className = "key-bar";
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", say("key_bar"));
  for (const [label, text, back] of KEYS) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.setAttribute("aria-label", say("insert_key", { key: label }));
    button.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus and the keyboard
    button.addEventListener("click", () => area.insert(text, back));
    bar.append(button);
  }
  before.before(bar);
  owner.addEventListener("focusin", (event) => {
    if (event.target === area.textarea) owner.classList.add("is-writing");
  });
}
