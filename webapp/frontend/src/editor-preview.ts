// The lesson as its learners see it, in a frame: as wide as a computer, a phone or a sheet of paper.
import { onAnswer } from "./editor-desk";
import { page, part } from "./page";

const WIDTHS: Record<string, number> = { wide: 880, phone: 390, paper: 794 };
const PAUSE_MS = 500;

let timer = 0;
let scroll = 0;

export function watchPreview(): void {
  const language = part<HTMLSelectElement>(document, "#preview-language");
  const width = part<HTMLSelectElement>(document, "#preview-width");
  const frame = part(document, "#preview-frame");
  for (const choice of [language, width]) choice.addEventListener("change", () => load(0));
  new ResizeObserver(fit).observe(frame);
  document.addEventListener("aula-preview", fit);
  part<HTMLIFrameElement>(frame, "iframe").addEventListener("load", () => {
    inside()?.scrollTo(0, scroll);
    showActive();
  });
  document.addEventListener("aula-active", showActive);
  onAnswer(() => load(PAUSE_MS));
}

function inside(): Window | null {
  return part<HTMLIFrameElement>(document, "#preview-frame iframe").contentWindow;
}

function load(wait: number): void {
  clearTimeout(timer);
  timer = window.setTimeout(() => {
    const width = part<HTMLSelectElement>(document, "#preview-width").value;
    const language = part<HTMLSelectElement>(document, "#preview-language").value;
    const view = inside();
    scroll = view?.scrollY ?? 0;
    part(document, "#preview-frame").dataset["width"] = width;
    fit();
    view?.location.replace(`${page.base}/vista?idioma=${language}${width === "paper" ? "&como=impresa" : ""}`);
  }, wait);
}

/** The page in the frame keeps its own width and is made smaller to fit. */
function fit(): void {
  const frame = part(document, "#preview-frame");
  const wanted = WIDTHS[frame.dataset["width"] ?? "wide"] ?? 880;
  const scale = Math.min(1, frame.clientWidth / wanted);
  if (!scale) return;
  const view = part<HTMLIFrameElement>(frame, "iframe");
  view.style.width = `${wanted}px`;
  view.style.height = `${frame.clientHeight / scale}px`;
  view.style.transform = `scale(${scale})`;
}

/** Brings the block that one works on into view. */
function showActive(): void {
  const block = document.querySelector<HTMLElement>("#blocks > .is-active");
  const key = block?.dataset["block"] ?? "";
  const view = inside();
  const body = view?.document;
  if (!body || !key) return;
  const id = key.slice(key.indexOf("-") + 1);
  const place =
    block?.dataset["kind"] === "code" ? body.querySelector(`[data-cell="${CSS.escape(id)}"]`)
    : block?.dataset["kind"] === "exercise" ? body.querySelector(`[data-exercise="${CSS.escape(id)}"]`)
    : key.startsWith("section-") ? body.getElementById(id)
    : null;
  // Not scrollIntoView, which would move the page around the frame too.
  if (place && view) view.scrollTo(0, view.scrollY + place.getBoundingClientRect().top - 16);
}
