// Blocks open and close; one of them is the one that is worked on. Links to a block open it, and the right tab of it.
import { blocks, findBlock, onAnswer } from "./editor-desk";
import { chooseTab } from "./editor-tabs";
import { icon, part, say } from "./page";
import { showView } from "./editor-views";

export function dressBlock(block: HTMLElement): void {
  const head = part(block, ".block-head");
  const name = part(head, ".block-name");
  const body = part(block, ".block-body");
  body.id ||= `body-${block.dataset["block"] ?? ""}`;
  const toggle = document.createElement("button");
  toggle.type = "button";
  toggle.className = "icon-button block-toggle";
  toggle.setAttribute("aria-controls", body.id);
  toggle.innerHTML = icon("down");
  part(head, ".block-tools").append(toggle);
  toggle.addEventListener("click", () => setOpen(block, !block.classList.contains("is-open")));
  name.addEventListener("click", () => setOpen(block, true));
  block.addEventListener("focusin", () => activate(block));
  showOpen(block, block.classList.contains("is-open"));
}

export function setOpen(block: HTMLElement, isOpen: boolean): void {
  showOpen(block, isOpen);
  if (isOpen) activate(block);
}

function showOpen(block: HTMLElement, isOpen: boolean): void {
  block.classList.toggle("is-open", isOpen);
  const toggle = part(block, ".block-toggle");
  const name = part(block, ".block-name").textContent?.trim() ?? "";
  toggle.setAttribute("aria-expanded", String(isOpen));
  toggle.setAttribute("aria-label", `${say(isOpen ? "close_block" : "open_block")}: ${name}`);
  if (isOpen) grow(block);
}

/** Longer texts get the room that they need, where the browser does not do it by itself. */
function grow(block: HTMLElement): void {
  if (CSS.supports("field-sizing", "content")) return;
  for (const area of block.querySelectorAll<HTMLTextAreaElement>("textarea[data-grow]")) {
    const fit = (): void => {
      area.rows = Math.max(2, area.value.split("\n").length + Math.floor(area.value.length / 80));
    };
    fit();
    area.oninput ??= fit;
  }
}

export function activate(block: HTMLElement): void {
  if (block.classList.contains("is-active")) return;
  for (const one of blocks()) one.classList.toggle("is-active", one === block);
  markEntry();
  document.dispatchEvent(new CustomEvent("aula-active", { detail: block }));
}

export function activeBlock(): HTMLElement | null {
  return document.querySelector<HTMLElement>("#blocks > .is-active");
}

function markEntry(): void {
  const key = activeBlock()?.dataset["block"];
  for (const entry of document.querySelectorAll<HTMLElement>("#entries > li")) {
    const link = entry.querySelector("a");
    if (entry.dataset["entry"] === key) link?.setAttribute("aria-current", "true");
    else link?.removeAttribute("aria-current");
  }
}

/** Opens a block, shows it, and puts the reader on it. */
export function goTo(key: string, tab = ""): boolean {
  const block = findBlock(key);
  if (!block) return false;
  showView("edit");
  setOpen(block, true);
  const tabs = block.querySelector<HTMLElement>("[data-tabs]");
  if (tab && tabs) chooseTab(tabs, tab);
  block.scrollIntoView({ block: "start" });
  part(block, ".block-toggle").focus({ preventScroll: true });
  return true;
}

export function followLinks(): void {
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>('a[href^="#block-"]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (goTo(decodeURIComponent(link.hash.slice("#block-".length)), link.dataset["tab"])) event.preventDefault();
  });
  onAnswer(markEntry);
}

export function openFirst(): void {
  const wanted = location.hash.startsWith("#block-") ? decodeURIComponent(location.hash.slice("#block-".length)) : "";
  if (wanted && goTo(wanted)) return;
  const first = blocks()[0];
  if (first) setOpen(first, true);
}
