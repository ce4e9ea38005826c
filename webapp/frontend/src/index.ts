// The lesson's index: where the reader is, which sections are climbed, and the place kept for the next visit.
import { call } from "./api";
import { icon, page } from "./page";

const KEEP_AFTER_MS = 1_500;

export function watchSections(): void {
  const sections = [...document.querySelectorAll<HTMLElement>("[data-section]")];
  let timer = 0;
  let last = "";
  const look = (): void => {
    const line = window.innerHeight * 0.3;
    const reached = sections.filter((section) => section.getBoundingClientRect().top < line);
    const here = reached[reached.length - 1]?.dataset["section"];
    if (!here || here === last) return;
    last = here;
    mark(here);
    clearTimeout(timer);
    // Opening the page is not reading it: the kept place moves once its reader does.
    if (page.person && window.scrollY > 0) timer = window.setTimeout(() => void keep(here), KEEP_AFTER_MS);
  };
  const seen = new IntersectionObserver(look, { rootMargin: "-15% 0px -70% 0px" });
  for (const section of sections) seen.observe(section);
}

function keep(section: string): Promise<unknown> {
  return call("PUT", `${page.base}/lugar`, { body: { section } }).catch(() => undefined);
}

function links(): HTMLAnchorElement[] {
  return [...document.querySelectorAll<HTMLAnchorElement>("a.section-link")];
}

function mark(section: string): void {
  for (const link of links()) {
    if (link.dataset["to"] === section) link.setAttribute("aria-current", "step");
    else link.removeAttribute("aria-current");
  }
  const small = document.querySelector("[data-here]");
  const here = links().find((link) => link.dataset["to"] === section);
  if (small && here) small.textContent = here.dataset["title"] ?? "";
  drawStairs();
}

/** After an exercise has been passed: its section is climbed once all its exercises are. */
export function refreshIndex(): void {
  for (const link of links()) {
    const inside = [...document.querySelectorAll(`[data-section="${link.dataset["to"] ?? ""}"] aula-exercise`)];
    if (!inside.length || !inside.every((exercise) => exercise.classList.contains("is-passed"))) continue;
    link.dataset["done"] = "";
    const ring = link.querySelector(".ring");
    if (ring) ring.outerHTML = icon("check");
  }
  drawStairs();
}

function drawStairs(): void {
  for (const root of document.querySelectorAll(".lesson-index, .lesson-index-small")) {
    const steps = [...root.querySelectorAll<HTMLElement>(".stair i")];
    const all = [...root.querySelectorAll<HTMLAnchorElement>("a.section-link")];
    if (steps.length !== all.length) continue; // a stair of more than twelve sections is drawn coarser
    all.forEach((link, index) => {
      steps[index]?.classList.toggle("done", "done" in link.dataset);
      steps[index]?.classList.toggle("here", link.hasAttribute("aria-current"));
    });
  }
}
