// What the server tells the scripts: addresses, who reads, and every text in the reader's language.

interface LessonData {
  base: string;
  runs: string;
  signIn: string;
  person: string; // empty for a visitor
  lesson: string;
  language: string;
  texts: Record<string, string>;
}

function readData(): LessonData {
  const block = document.getElementById("lesson-data");
  return JSON.parse(block?.textContent ?? "{}") as LessonData;
}

export const page = readData();

/** A text of the page with its holes filled: say("saved_at", { time: "10:42" }). */
export function say(key: string, holes: Record<string, string | number> = {}): string {
  const text = page.texts[key] ?? key;
  return text.replace(/%\((\w+)\)s/g, (_, name: string) => String(holes[name] ?? ""));
}

/** Says one thing to screen readers, politely. Called at most once for each run. */
export function announce(text: string): void {
  const place = document.getElementById("announcer");
  if (place) place.textContent = text;
}

export function clock(iso: string): string {
  const moment = new Date(iso);
  const at = Number.isNaN(moment.getTime()) ? new Date() : moment;
  return new Intl.DateTimeFormat(page.language, { hour: "2-digit", minute: "2-digit" }).format(at);
}

/** A sentence begins with a capital wherever it stands alone: "lista en 0.4 s" → "Lista en 0.4 s". */
export function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase(page.language) + text.slice(1);
}

/** The first match inside an element; the template guarantees it. Throws where it does not. */
export function part<T extends HTMLElement>(root: ParentNode, selector: string): T {
  const found = root.querySelector<T>(selector);
  if (!found) throw new Error(`The page has no ${selector}`);
  return found;
}

export function icon(name: string): string {
  return `<svg class="icon" aria-hidden="true" focusable="false"><use href="#i-${name}"/></svg>`;
}
