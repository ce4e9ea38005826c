// The learner's kernel as the page knows it: its state, which cells have run in it, and how to wake it.
import { call } from "./api";
import type { AulaCell } from "./cell";
import { page, part, say } from "./page";

type State = "unknown" | "none" | "waiting" | "starting" | "ready" | "busy" | "resting" | "lost";

interface Answer {
  state: State;
  text: string;
}

const COLD: readonly State[] = ["none", "resting", "lost"];
const PASSING: readonly State[] = ["starting", "busy"];
const RESTED: readonly State[] = ["resting", "lost"];
const FIRST_LOOK_MS = 500;
const LONGEST_LOOK_MS = 8_000;

class Environment {
  private state: State = "unknown";
  private readonly cells: AulaCell[] = [];
  private readonly alive = new Set<AulaCell>();
  private nextLook = 0;

  know(cell: AulaCell): void {
    this.cells.push(cell);
    if (cell.dataset["outputRun"]) this.alive.add(cell);
  }

  neighbour(cell: AulaCell, step: number): AulaCell | undefined {
    return this.cells[this.cells.indexOf(cell) + step];
  }

  ran(cell: AulaCell, state: string): void {
    if (state === "lost" || state === "memory") this.alive.clear();
    else this.alive.add(cell);
  }

  hasUnrunAbove(cell: AulaCell): boolean {
    return this.cells.slice(0, this.cells.indexOf(cell)).some((one) => !this.alive.has(one));
  }

  /**
   * Whether there is no kernel yet, or a fresh one, and this cell stands on others that have not run in it.
   * One that rested needs no question: it wakes by running what is above.
   */
  isMissingSomethingAbove(cell: AulaCell): boolean {
    return !RESTED.includes(this.state) && this.alive.size === 0 && this.cells.indexOf(cell) > 0;
  }

  waits(): void {
    this.show({ state: "waiting", text: "" });
  }

  busy(isBusy: boolean): void {
    if (isBusy) this.show({ state: COLD.includes(this.state) ? "starting" : "busy", text: "" });
  }

  /** Asks how the kernel is, and again a little later for as long as that is about to change. */
  async refresh(wait = FIRST_LOOK_MS): Promise<void> {
    clearTimeout(this.nextLook);
    try {
      const answer = await call<Answer>("GET", `${page.base}/entorno`);
      this.show(answer);
      if (!PASSING.includes(answer.state)) return;
      this.nextLook = window.setTimeout(() => void this.refresh(Math.min(2 * wait, LONGEST_LOOK_MS)), wait);
    } catch {
      // The next run asks again; the page says nothing about a kernel it cannot see.
    }
  }

  private show({ state, text }: Answer): void {
    this.state = state;
    if (COLD.includes(state)) this.alive.clear();
    const panel = document.getElementById("environment");
    if (!panel) return;
    panel.dataset["state"] = state;
    part(panel, "[data-text]").textContent = text || say(`environment_${state}`);
    const notice = document.getElementById("rest-notice");
    if (notice) notice.hidden = !(RESTED.includes(state) && this.cells.some((cell) => cell.hasOutput));
  }

  /** Runs again everything down to the last cell that has an output. */
  wake(): void {
    const last = [...this.cells].reverse().find((cell) => cell.hasOutput);
    void last?.start({ above: true });
  }

  async restart(): Promise<void> {
    this.show({ state: "starting", text: say("restarting") });
    this.alive.clear();
    await call("POST", `${page.base}/entorno/reiniciar`).catch(() => undefined);
    await this.refresh();
  }
}

export const environment = new Environment();
