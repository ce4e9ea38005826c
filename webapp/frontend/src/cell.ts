// <aula-cell>: a form with a textarea becomes a cell that saves itself, runs, streams and survives the network.
import { insist, Refused, Unreachable } from "./api";
import { CodeArea } from "./code-area";
import { environment } from "./environment";
import { addKeyBar } from "./keys";
import { OutputPainter } from "./output";
import { capital, icon, page, part, say } from "./page";
import type { RunEvent } from "./run-log";
import { followRun, registerCell, type RunCell, type RunOwner, stopRun } from "./runs";
import { Saver, type SaveState, Withdrawn } from "./saver";
import { showVersions } from "./versions";

interface Started {
  run: string;
  version: number;
}

const SAVE_ICONS: Record<SaveState, string> = {
  pending: "", saving: "", saved: "cloud", local: "cloud-off", refused: "warn", danger: "warn",
};

export class AulaCell extends HTMLElement implements RunCell, RunOwner {
  area!: CodeArea;
  saver!: Saver;
  private painter!: OutputPainter;
  private button!: HTMLButtonElement;
  private run: string | null = null;
  private startedAt = 0;
  /** How the cell ended in the run that goes on; empty until it has. */
  private ending = "";
  private isWaiting = false;

  get cellId(): string {
    return this.dataset["cell"] ?? "";
  }

  get name(): string {
    return this.dataset["name"] ?? "";
  }

  get hasOutput(): boolean {
    return part(this, ".output").childElementCount > 0;
  }

  private get url(): string {
    return `${page.base}/celdas/${this.cellId}`;
  }

  private get isLocked(): boolean {
    return "locked" in this.dataset;
  }

  connectedCallback(): void {
    if (!page.person || this.area) return; // a visitor reads; the server's links lead to signing in
    this.tabIndex = -1;
    this.area = new CodeArea(this, {
      onChange: () => this.saver?.touched(),
      onRun: (goOn) => void this.runOrStop(goOn),
      onLeave: () => this.focus(),
    });
    this.saver = new Saver(this.cellId, this.url, this.area, Number(this.dataset["version"] ?? 0), (state, text) =>
      this.showState(SAVE_ICONS[state] ? icon(SAVE_ICONS[state]) : "", text),
    );
    this.painter = new OutputPainter(part(this, ".output"));
    this.button = part<HTMLButtonElement>(this, "button[data-act=run]");
    registerCell(this);
    environment.know(this);
    if (!this.isLocked) {
      this.area.textarea.readOnly = false;
      addKeyBar(this, part(this, ".editor"), this.area);
      this.saver.restore();
    }
    this.addEventListener("click", (event) => this.clicked(event));
    this.addEventListener("keydown", (event) => this.moved(event));
    part(this, "form").addEventListener("submit", (event) => event.preventDefault());
    if (this.dataset["run"]) void this.watch(this.dataset["run"], Number(this.dataset["seq"] ?? 0));
  }

  private clicked(event: Event): void {
    const pressed = (event.target as Element).closest<HTMLElement>("[data-act]");
    switch (pressed?.dataset["act"]) {
      case "run": return void this.runOrStop(false);
      case "above": return void this.start({ above: true });
      case "only": return void this.start({ above: false });
      case "versions": return void showVersions({ id: this.cellId, url: this.url, original: this.original(), restore: (source) => this.take(source) });
    }
  }

  /** Arrow keys go from cell to cell once Esc has left the text; Enter goes in. */
  private moved(event: KeyboardEvent): void {
    if (event.target !== this) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      environment.neighbour(this, step)?.focus();
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.area.focus();
    }
  }

  private original(): string | null {
    return this.querySelector<HTMLTemplateElement>("template[data-original]")?.content.textContent ?? null;
  }

  private take(source: string): void {
    this.area.source = source;
    this.area.focus();
  }

  private async runOrStop(goOn: boolean): Promise<void> {
    if (this.run) return this.stop();
    if (this.classList.contains("is-running")) return;
    if (goOn) environment.neighbour(this, 1)?.area.focus();
    if (environment.isMissingSomethingAbove(this)) return this.offer(true, say("offer_cold"));
    return this.start({});
  }

  private async stop(): Promise<void> {
    // The second click of a double one must not stop what the first began.
    if (!this.run || performance.now() - this.startedAt < 400) return;
    this.progressed(say("stopping"));
    await stopRun(this.run).catch(() => this.progressed(say("offline")));
  }

  /** above: whether what stands above runs first; unsaid, that is for the server to know, which does so after a rest. */
  async start({ above }: { above?: boolean }): Promise<void> {
    if (this.classList.contains("is-running")) return;
    this.offer(false);
    this.note("");
    this.runs(true);
    this.progressed(say("sending"));
    try {
      const send = (source: string, base_version: number): Promise<Started> =>
        insist<Started>("POST", `${this.url}/ejecutar`, { source, base_version, above });
      const { run } = await this.saver.submit(send);
      this.painter.dim();
      await this.watch(run, 0);
    } catch (error) {
      this.runs(false);
      this.explain(error);
    }
  }

  private explain(error: unknown): void {
    if (error instanceof Withdrawn) return;
    const isSignedOut = error instanceof Refused && [401, 403].includes(error.status);
    const text = isSignedOut ? say("signed_out") : error instanceof Refused && error.message ? error.message : say("run_unsent");
    this.showState(icon(error instanceof Unreachable ? "cloud-off" : "warn"), text);
  }

  private async watch(run: string, from: number): Promise<void> {
    this.run = run;
    this.ending = "";
    this.startedAt = performance.now();
    this.runs(true);
    await followRun(run, from, this);
  }

  private runs(isRunning: boolean): void {
    this.classList.toggle("is-running", isRunning);
    this.button.innerHTML = icon(isRunning ? "stop" : "play");
    this.button.append(say(isRunning ? "stop" : "run"));
    environment.busy(isRunning);
  }

  receive(run: string, event: RunEvent): void {
    if (this.dataset["outputRun"] !== run) {
      this.dataset["outputRun"] = run;
      this.painter.clear();
    }
    if (event.op === "state") this.progressed(event.text ?? "");
    else if (event.op === "replace") this.painter.replace(event.html ?? "");
    else if (event.op === "out") this.painter.add(event.html ?? "");
    else if (event.op === "cell") {
      this.painter.close(event.ok === false);
      environment.ran(this, event.state ?? "");
      this.ending = event.text ?? "";
      this.showEnding(event.ok, this.ending);
    }
  }

  progressed(text: string): void {
    this.showState('<span class="dot dot-wait"></span>', text);
  }

  waits(text: string): void {
    this.showWaiting(text);
    environment.waits();
  }

  showWaiting(text: string): void {
    this.isWaiting = true;
    this.note(text);
    this.progressed(say("in_line"));
  }

  wakes(text: string): void {
    this.goesOn();
    this.note(text);
  }

  goesOn(): void {
    if (this.endWaiting()) environment.busy(true);
  }

  /** Whether it was waiting. */
  endWaiting(): boolean {
    if (!this.isWaiting) return false;
    this.isWaiting = false;
    this.note("");
    this.progressed(say("environment_busy"));
    return true;
  }

  private note(text: string): void {
    const note = part(this, ".cell-note");
    note.hidden = !text;
    note.textContent = text;
  }

  /** A cell's run brings no report; its exercise listens for those of a check. */
  reported(): void {}

  finished(event: RunEvent): string {
    this.run = null;
    delete this.dataset["run"];
    this.goesOn();
    this.runs(false);
    this.painter.close(event.ok === false);
    // A run that stopped at a cell above never came to this one.
    const text = event.text || this.ending || say("not_reached");
    this.showEnding(event.ok, text);
    void environment.refresh();
    if (event.ok === false && this.ending && environment.hasUnrunAbove(this)) this.offer(true, say("offer_after_fault"));
    return text;
  }

  private showEnding(ok: boolean | undefined, text: string): void {
    this.showState(`<span class="dot${ok === false ? " dot-fail" : ""}"></span>`, text);
  }

  private offer(isOpen: boolean, text = ""): void {
    const offer = part(this, ".cell-offer");
    offer.hidden = !isOpen;
    if (!isOpen) return;
    part(offer, "p").textContent = text;
    part(offer, "button").focus();
  }

  private showState(sign: string, text: string): void {
    const place = part(this, ".cell-state");
    place.innerHTML = sign;
    place.append(capital(text));
  }
}
