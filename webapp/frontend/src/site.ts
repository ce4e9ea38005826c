// Every page: small menus that close as expected, the choice of theme, dialogs' close buttons, focus on errors.

import { followAll } from "./follow";
import { shrinkPictures } from "./picture";

document.addEventListener("click", (event) => {
  const target = event.target as Element;
  target.closest<HTMLElement>("[data-close]")?.closest("dialog")?.close();
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details[data-drop][open]")) {
    const isAction = target.closest("[data-drop] a, [data-drop] .drop-panel button") !== null;
    if (!menu.contains(target) || isAction) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details[data-drop][open]")) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
});

for (const choice of document.querySelectorAll<HTMLFieldSetElement>("[data-theme-choice]")) {
  choice.hidden = false;
  choice.addEventListener("change", (event) => chooseTheme((event.target as HTMLInputElement).value));
}

function chooseTheme(theme: string): void {
  if (theme) document.documentElement.dataset["theme"] = theme;
  else delete document.documentElement.dataset["theme"];
  // The server reads it, so that a page never flashes in the other theme. It says nothing about its reader.
  document.cookie = `theme=${theme}; path=/; max-age=${theme ? 31_536_000 : 0}; SameSite=Lax`;
}

document.querySelector<HTMLElement>("[data-focus]")?.focus();
followAll();
shrinkPictures();

// Filters of a list submit themselves on a choice; the button beside them is for pages without scripts.
for (const form of document.querySelectorAll<HTMLFormElement>("form[data-auto-submit]")) {
  form.querySelector<HTMLElement>("[type=submit]")?.setAttribute("hidden", "");
  form.addEventListener("change", (event) => {
    if ((event.target as HTMLElement).matches("input[type=radio]")) form.requestSubmit();
  });
}

// Links that say which keys follow them, such as the next work to mark.
document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = document.querySelector<HTMLAnchorElement>(`a[aria-keyshortcuts="Alt+${CSS.escape(event.key)}"]`);
  if (!link) return;
  event.preventDefault();
  link.click();
});

// A mark's form adds up what it gives while one chooses; the server says the sum again once it is saved.
for (const form of document.querySelectorAll<HTMLFormElement>("form[data-sum]")) {
  form.addEventListener("input", () => addUp(form));
  addUp(form);
}

function addUp(form: HTMLFormElement): void {
  const levels = [...form.querySelectorAll<HTMLInputElement>("input[data-points]:checked")];
  const own = form.querySelector<HTMLInputElement>("input[name=check_points]")?.value.trim().replace(",", ".");
  const byChecks = Number(own || form.dataset["machine"] || 0);
  const sum = levels.reduce((total, input) => total + Number(input.dataset["points"]), byChecks);
  const shown = form.querySelector("[data-sum-shown]");
  if (shown) shown.textContent = Number.isFinite(sum) ? String(Math.round(sum * 100) / 100) : "—";
}
