// The live board of a class: asked for again every few seconds, unless its reader stops that.
import { announce } from "./page";

const EVERY_MS = 5_000;

export function wireBoard(): void {
  const board = document.querySelector<HTMLElement>("[data-board][data-live]");
  const live = document.querySelector<HTMLInputElement>("[data-live-on]");
  if (!board || !live) return;
  for (const one of document.querySelectorAll<HTMLElement>("[data-live-switch]")) one.hidden = false;
  for (const one of document.querySelectorAll<HTMLElement>("[data-live-reload]")) one.hidden = true;
  window.setInterval(() => {
    if (live.checked && !document.hidden) void renew(board);
  }, EVERY_MS);
  document.addEventListener("visibilitychange", () => {
    if (live.checked && !document.hidden) void renew(board);
  });
}

async function renew(board: HTMLElement): Promise<void> {
  const fresh = await look(board);
  // A class that has ended is another page.
  if (fresh && !fresh.dataset["live"]) return location.assign(location.pathname.replace(/\/nombres$/, ""));
  if (!fresh || fresh.innerHTML === board.innerHTML) return;
  const focused = document.activeElement instanceof HTMLElement && board.contains(document.activeElement) ? document.activeElement.id : "";
  const before = wanted(board);
  board.replaceChildren(...fresh.childNodes);
  if (focused) (document.getElementById(focused) ?? board.querySelector<HTMLElement>("button, a"))?.focus();
  const say = board.querySelector<HTMLElement>("[data-say]")?.dataset["say"];
  if (say && wanted(board) > before) announce(say);
}

function wanted(board: HTMLElement): number {
  return Number(board.querySelector<HTMLElement>("[data-wanted]")?.dataset["wanted"] ?? 0);
}

/** The same board as it is now; undefined where nobody answered. Names are asked for by POST, as their page was. */
async function look(board: HTMLElement): Promise<HTMLElement | undefined> {
  const method = board.dataset["method"] ?? "GET";
  const csrf = document.querySelector<HTMLMetaElement>("meta[name=csrf-token]")?.content ?? "";
  const headers: Record<string, string> = { Accept: "text/html", ...(method === "POST" ? { "X-CSRFToken": csrf } : {}) };
  try {
    const answer = await fetch(board.dataset["live"] ?? "", { method, headers, credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return undefined;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.querySelector<HTMLElement>("[data-board]") ?? undefined;
  } catch {
    return undefined;
  }
}
