// The clock of whoever teaches: how long the class has gone on, and whether that is as planned.
import { remember, remembered } from "./memory";

const KEY = "aula-class-clock";
// Nobody teaches to the minute: less than this off is as planned.
const SLACK_MINUTES = 2;

interface Clock {
  turn(section: number): void;
}

/** kept: milliseconds before the last start; since: when it was last started, 0 while it stands. */
interface Kept {
  kept: number;
  since: number;
}

/** planned: the sections with their minutes; startedAt: when the class began, empty without one. */
export function wireClock(planned: HTMLElement[], startedAt: string, texts: Record<string, string>): Clock | undefined {
  const root = document.querySelector<HTMLElement>("[data-clock]");
  const toggle = root?.querySelector<HTMLButtonElement>("[data-clock-toggle]");
  const shown = root?.querySelector<HTMLElement>("[data-elapsed]");
  const pace = root?.querySelector<HTMLElement>("[data-pace]");
  if (!root || !toggle || !shown || !pace) return undefined;
  root.hidden = false;
  const minutes = planned.map((one) => Number(one.dataset["minutes"]));
  const key = `${KEY}-${location.pathname}${location.search}`;
  let state = read(key) ?? { kept: 0, since: startedAt ? Date.parse(startedAt) : 0 };
  let section = 0;

  const elapsed = (): number => state.kept + (state.since ? Date.now() - state.since : 0);
  const draw = (): void => {
    const seconds = Math.max(0, Math.floor(elapsed() / 1000));
    shown.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    toggle.textContent = texts[state.since ? "pause" : state.kept ? "resume" : "start"] ?? "";
    const words = state.since || state.kept ? paceWords(seconds / 60, minutes, section, texts) : "";
    if (pace.textContent !== words) pace.textContent = words;
  };
  const change = (next: Kept): void => {
    state = next;
    remember(key, JSON.stringify(state));
    draw();
  };
  toggle.addEventListener("click", () => change(state.since ? { kept: elapsed(), since: 0 } : { ...state, since: Date.now() }));
  root.querySelector("[data-clock-zero]")?.addEventListener("click", () => change({ kept: 0, since: 0 }));
  window.setInterval(draw, 1000);
  draw();
  return {
    turn(to: number): void {
      section = Math.max(0, to);
      draw();
    },
  };
}

/** In whole minutes, so that what is read aloud changes once a minute at most. */
function paceWords(now: number, minutes: number[], section: number, texts: Record<string, string>): string {
  const from = sum(minutes.slice(0, section));
  const to = from + (minutes[section] ?? 0);
  if (now > to + SLACK_MINUTES) {
    const isLast = section >= minutes.length - 1;
    return isLast ? (texts["over"] ?? "") : fill(texts["behind"], Math.floor(now - to));
  }
  return now < from - SLACK_MINUTES ? fill(texts["ahead"], Math.floor(from - now)) : (texts["on_time"] ?? "");
}

function fill(text: string | undefined, minutes: number): string {
  return (text ?? "").replace("%(minutes)s", String(minutes));
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

function read(key: string): Kept | undefined {
  try {
    const found = JSON.parse(remembered(key) || "null") as Partial<Kept> | null;
    return found && typeof found.kept === "number" && typeof found.since === "number" ? (found as Kept) : undefined;
  } catch {
    return undefined;
  }
}
