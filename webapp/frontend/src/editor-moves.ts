// Blocks move with Alt and an arrow, or are taken by their sign and put elsewhere.
import { act } from "./editor-acts";
import { blocks } from "./editor-desk";
import { part } from "./page";

const FAR_ENOUGH = 6; // pixels: less is a press, not a move

export function watchMoves(): void {
  document.addEventListener("keydown", (event) => {
    // What a field has used for itself (the code editor moves its lines) is not for us.
    if (event.defaultPrevented || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const step = { ArrowUp: "-1", ArrowDown: "1" }[event.key];
    const block = (event.target as Element).closest<HTMLElement>("#blocks > [data-block]");
    if (!step || !block || event.target instanceof HTMLSelectElement) return;
    event.preventDefault();
    void act({ do: "block.move", block: block.dataset["block"] ?? "", step }, block);
  });
  document.addEventListener("pointerdown", (event) => {
    const handle = (event.target as Element).closest<HTMLElement>("[data-handle]");
    const block = handle?.closest<HTMLElement>("#blocks > [data-block]");
    if (handle && block && event.button === 0) drag(handle, block, event);
  });
}

function drag(handle: HTMLElement, block: HTMLElement, start: PointerEvent): void {
  let target: string | null = null;
  start.preventDefault();
  handle.setPointerCapture(start.pointerId);
  const move = (event: PointerEvent): void => {
    if (Math.abs(event.clientY - start.clientY) < FAR_ENOUGH && target === null) return;
    block.classList.add("is-dragged");
    target = placeAt(event.clientY, block);
  };
  const end = (event: PointerEvent): void => {
    handle.removeEventListener("pointermove", move);
    for (const one of blocks()) one.classList.remove("is-dragged", "drop-before", "drop-after");
    if (event.type === "pointerup" && target !== null && target !== block.dataset["block"]) {
      void act({ do: "block.move", block: block.dataset["block"] ?? "", before: target }, block);
    }
  };
  handle.addEventListener("pointermove", move);
  handle.addEventListener("pointerup", end, { once: true });
  handle.addEventListener("pointercancel", end, { once: true });
}

/** The block before which it would be put, marked on the page; "end" below the last. */
function placeAt(y: number, block: HTMLElement): string {
  const all = blocks();
  for (const one of all) one.classList.remove("drop-before", "drop-after");
  const below = all.find((one) => {
    const box = part(one, ".block-head").getBoundingClientRect();
    return y < box.top + box.height / 2;
  });
  if (below) {
    if (below !== block) below.classList.add("drop-before");
    return below.dataset["block"] ?? "end";
  }
  all[all.length - 1]?.classList.add("drop-after");
  return "end";
}
