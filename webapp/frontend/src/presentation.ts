// A lesson as slides, and beside it the view of whoever teaches: both windows turn together, without a server.
import { wireClock } from "./class-clock";
import { remember, remembered } from "./memory";
import { announce } from "./page";

interface Turned {
  to: number;
}

interface PresentationData {
  channel: string;
  startedAt: string; // when the class began; empty without one
  texts?: Record<string, string>;
}

const NO_KEYS = "aula-presentation-keys";
const TAKES_KEYS = "input, textarea, select, dialog[open]";

export function wirePresentation(): void {
  const block = document.getElementById("presentation-data");
  if (!block) return;
  const data = JSON.parse(block.textContent ?? "{}") as PresentationData;
  const slides = [...document.querySelectorAll<HTMLElement>("[data-slide]")];
  const planned = [...document.querySelectorAll<HTMLElement>("[data-planned]")];
  const pages = slides.length ? slides : planned;
  // The projected view has its title in front of the sections; the notes begin with the first section.
  const first = slides.length ? 0 : 1;
  const show = slides.length ? showSlide : showNotes;
  const channel = "BroadcastChannel" in window ? new BroadcastChannel(`aula-presentation-${data.channel}`) : undefined;
  const clock = planned.length ? wireClock(planned, data.startedAt, data.texts ?? {}) : undefined;
  let here = first;

  const turn = (to: number, isMine = true): void => {
    here = Math.min(Math.max(to, first), pages.length - 1 + first);
    show(pages, here - first);
    clock?.turn(here - 1);
    if (isMine) channel?.postMessage({ to: here } satisfies Turned);
  };
  channel?.addEventListener("message", (event: MessageEvent<Turned | "where">) => {
    if (event.data === "where") {
      if (slides.length) channel.postMessage({ to: here } satisfies Turned);
    } else turn(event.data.to, false);
  });
  wireButtons((step) => turn(here + step));
  wireKeys((key) => {
    if (key === "next") turn(here + 1);
    else if (key === "previous") turn(here - 1);
    else turn(key === "first" ? first : pages.length - 1 + first);
  });
  if (slides.length) document.body.classList.add("is-presenting");
  // Links within a lesson lead to its other sections.
  window.addEventListener("hashchange", () => turn(startingPage(slides, here)));
  turn(startingPage(slides, first), false);
  if (!slides.length) channel?.postMessage("where");
}

/** The slide that the address names: .../presentar#barras. */
function startingPage(slides: HTMLElement[], otherwise: number): number {
  const named = slides.findIndex((one) => one.dataset["sectionId"] && `#${one.dataset["sectionId"]}` === location.hash);
  return named > 0 ? named : otherwise;
}

function showSlide(slides: HTMLElement[], at: number): void {
  slides.forEach((slide, number) => {
    slide.hidden = number !== at;
  });
  document.body.classList.toggle("is-inside", at > 0);
  window.scrollTo(0, 0);
  const slide = slides[at];
  const place = document.querySelector<HTMLElement>("[data-place]");
  const text = (place?.dataset["of"] ?? "").replace("%(number)s", String(at + 1)).replace("%(total)s", String(slides.length));
  if (place) place.textContent = text;
  if (slide) announce(`${slide.getAttribute("aria-label") ?? ""}, ${text}`);
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-step]")) {
    button.hidden = false;
    // Not `disabled`, which would throw the focus away at the last slide.
    button.setAttribute("aria-disabled", String(Number(button.dataset["step"]) < 0 ? at === 0 : at === slides.length - 1));
  }
}

function showNotes(sections: HTMLElement[], at: number): void {
  sections.forEach((section, number) => {
    section.classList.toggle("is-here", number === at);
    if (number === at) section.setAttribute("aria-current", "step");
    else section.removeAttribute("aria-current");
  });
  if (at > 0 || window.scrollY > 0) sections[at]?.scrollIntoView({ block: "nearest" });
}

function wireButtons(step: (by: number) => void): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-step]")) {
    button.addEventListener("click", () => step(Number(button.dataset["step"])));
  }
  const full = document.querySelector<HTMLButtonElement>("[data-full]");
  if (full && document.fullscreenEnabled) {
    full.hidden = false;
    full.addEventListener("click", () => {
      void (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen());
    });
  }
}

type Wish = "next" | "previous" | "first" | "last";
const WISHES: Record<string, Wish> = {
  ArrowRight: "next", PageDown: "next", ArrowLeft: "previous", PageUp: "previous", Home: "first", End: "last",
};

function wireKeys(wish: (key: Wish) => void): void {
  const dialog = document.querySelector<HTMLDialogElement>("#presentation-keys");
  const button = document.querySelector<HTMLButtonElement>("[data-keys-open]");
  const isOn = document.querySelector<HTMLInputElement>("[data-keys-on]");
  if (!dialog || !button || !isOn) return;
  button.hidden = false;
  button.addEventListener("click", () => dialog.showModal());
  isOn.checked = remembered(NO_KEYS) !== "off";
  isOn.addEventListener("change", () => remember(NO_KEYS, isOn.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => {
    if (!isOn.checked || event.altKey || event.ctrlKey || event.metaKey) return;
    if ((event.target as Element).closest(TAKES_KEYS)) return;
    // Code that is wider than the slide is scrolled by the same keys.
    if ((event.target as Element).closest("pre") && event.key.startsWith("Arrow")) return;
    const found = WISHES[event.key];
    if (found) wish(found);
    else if (event.key === "?") dialog.showModal();
    else return;
    event.preventDefault();
  });
}
