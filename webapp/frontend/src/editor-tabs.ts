// The parts of an exercise as tabs: arrows, Home and End go from one to the other. Without scripts they are sections.
import { say } from "./page";

export function dressTabs(block: HTMLElement): void {
  for (const tabs of block.querySelectorAll<HTMLElement>("[data-tabs]")) dress(tabs, block.dataset["block"] ?? "");
}

function dress(tabs: HTMLElement, key: string): void {
  const list = document.createElement("div");
  list.className = "tab-list";
  list.setAttribute("role", "tablist");
  list.setAttribute("aria-label", say("parts"));
  for (const panel of panels(tabs)) list.append(makeTab(panel, key));
  tabs.prepend(list);
  tabs.classList.add("has-tabs");
  list.addEventListener("click", (event) => {
    const tab = (event.target as Element).closest<HTMLElement>("[role=tab]");
    if (tab) chooseTab(tabs, tab.dataset["for"] ?? "");
  });
  list.addEventListener("keydown", (event) => moveAlong(event, tabs, list));
  chooseTab(tabs, tabs.dataset["tab"] ?? "");
}

function panels(tabs: HTMLElement): HTMLElement[] {
  return [...tabs.querySelectorAll<HTMLElement>(":scope > [data-panel]")];
}

function makeTab(panel: HTMLElement, key: string): HTMLButtonElement {
  const name = panel.dataset["panel"] ?? "";
  const tab = document.createElement("button");
  tab.type = "button";
  tab.id = `tab-${key}-${name}`;
  tab.dataset["for"] = name;
  tab.setAttribute("role", "tab");
  tab.textContent = panel.dataset["title"] ?? "";
  if (panel.dataset["count"] !== undefined) {
    const count = document.createElement("span");
    count.className = "tab-count";
    count.textContent = ` ${panel.dataset["count"]}`;
    tab.append(count);
  }
  panel.id = `panel-${key}-${name}`;
  panel.setAttribute("role", "tabpanel");
  panel.removeAttribute("aria-label");
  panel.setAttribute("aria-labelledby", tab.id);
  panel.tabIndex = -1;
  tab.setAttribute("aria-controls", panel.id);
  return tab;
}

/** Shows one part; the first where there is none of that name. */
export function chooseTab(tabs: HTMLElement, name: string): void {
  const all = panels(tabs);
  const chosen = all.find((panel) => panel.dataset["panel"] === name) ?? all[0];
  tabs.dataset["tab"] = chosen?.dataset["panel"] ?? "";
  for (const panel of all) panel.hidden = panel !== chosen;
  for (const tab of tabs.querySelectorAll<HTMLElement>(":scope > .tab-list > [role=tab]")) {
    const isChosen = tab.dataset["for"] === tabs.dataset["tab"];
    tab.setAttribute("aria-selected", String(isChosen));
    tab.tabIndex = isChosen ? 0 : -1;
    if (isChosen) showWithin(tab);
  }
}

/** On a phone the row of tabs scrolls; the page does not. */
function showWithin(tab: HTMLElement): void {
  const row = tab.parentElement;
  if (row && row.scrollWidth > row.clientWidth) row.scrollLeft = tab.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
}

function moveAlong(event: KeyboardEvent, tabs: HTMLElement, list: HTMLElement): void {
  const all = [...list.querySelectorAll<HTMLElement>("[role=tab]")];
  const at = all.indexOf(event.target as HTMLElement);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (at < 0 || to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const next = all[(to + all.length) % all.length];
  chooseTab(tabs, next?.dataset["for"] ?? "");
  next?.focus();
}
