// On a narrow screen one sees the blocks, the preview or the proof, and one language at a time.

const PREFERENCE = "aula-writes";

export function watchViews(): void {
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLElement>(".workshop-views a[data-view]");
    if (link) {
      event.preventDefault();
      showView(link.dataset["view"] ?? "edit");
    }
    const language = (event.target as Element).closest<HTMLElement>("[data-write]")?.dataset["write"];
    if (language) write(language);
  });
  write(remembered());
}

export function showView(view: string): void {
  document.getElementById("workshop")?.setAttribute("data-view", view);
  for (const link of document.querySelectorAll<HTMLElement>(".workshop-views a")) {
    if (link.dataset["view"] === view) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  if (view === "preview") document.dispatchEvent(new CustomEvent("aula-preview"));
}

function write(language: string): void {
  document.getElementById("workshop")?.setAttribute("data-writes", language);
  for (const button of document.querySelectorAll<HTMLElement>("[data-write]")) {
    button.setAttribute("aria-pressed", String(button.dataset["write"] === language));
  }
  try {
    localStorage.setItem(PREFERENCE, language);
  } catch {
    // The choice holds until the page is left.
  }
}

function remembered(): string {
  try {
    return localStorage.getItem(PREFERENCE) === "en" ? "en" : "es";
  } catch {
    return "es";
  }
}
