// Code of a lesson in preparation runs on the writer's own kernel, cell by cell or from the top.
import { insist, Refused, Unreachable } from "./api";
import { CodeArea } from "./code-area";
import { save, touched } from "./editor-saving";
import { addKeyBar } from "./keys";
import { OutputPainter } from "./output";
import { capital, icon, page, part, say } from "./page";
import type { RunEvent } from "./run-log";
import { followRun, registerCell, type RunCell, type RunOwner, stopRun } from "./runs";

export function dressCells(block: HTMLElement): void {
  for (const root of block.querySelectorAll<HTMLElement>("[data-cell]")) new EditorCell(root);
}

class EditorCell implements RunCell, RunOwner {
  private readonly area: CodeArea;
  private readonly form: HTMLFormElement;
  private readonly painter: OutputPainter;
  private readonly button: HTMLButtonElement;
  private run: string | null = null;
  private shown = "";
  private ending = "";

  constructor(private readonly root: HTMLElement) {
    this.form = part<HTMLFormElement>(root, "form");
    this.painter = new OutputPainter(part(root, ".output"));
    this.button = part<HTMLButtonElement>(root, "button[data-act=run]");
    this.area = new CodeArea(root, {
      onChange: () => touched(this.form),
      onRun: () => void this.start(false),
      onLeave: () => this.button.focus(),
    });
    this.area.textarea.addEventListener("aula-filled", () => (this.area.source = this.area.textarea.value));
    addKeyBar(root, part(root, ".editor"), this.area);
    root.addEventListener("click", (event) => {
      const act = (event.target as Element).closest<HTMLElement>("[data-act]")?.dataset["act"];
      if (act === "run") void (this.run ? this.stop() : this.start(false));
      if (act === "above") void this.start(true);
    });
    registerCell(this);
  }

  get cellId(): string {
    return this.root.dataset["cell"] ?? "";
  }

  get name(): string {
    return this.root.dataset["name"] ?? "";
  }

  private async start(above: boolean): Promise<void> {
    if (this.root.classList.contains("is-running")) return;
    this.runs(true);
    this.progressed(say("sending"));
    try {
      await save(this.form);
      const language = /[.-]en$/.test(this.cellId) ? "en" : page.language;
      const body = { source: this.area.source, language, above };
      const { run } = await insist<{ run: string }>("POST", `${page.base}/celdas/${encodeURIComponent(this.cellId)}/ejecutar`, body);
      this.painter.dim();
      this.run = run;
      this.ending = "";
      registerCell(this);
      await followRun(run, 0, this);
    } catch (error) {
      this.runs(false);
      const text = error instanceof Refused && error.message ? error.message : say("run_unsent");
      this.state(icon(error instanceof Unreachable ? "cloud-off" : "warn"), text);
    }
  }

  private async stop(): Promise<void> {
    if (!this.run) return;
    this.progressed(say("stopping"));
    await stopRun(this.run).catch(() => this.progressed(say("offline")));
  }

  private runs(isRunning: boolean): void {
    this.root.classList.toggle("is-running", isRunning);
    this.button.innerHTML = icon(isRunning ? "stop" : "play");
    this.button.append(say(isRunning ? "stop" : "run"));
  }

  receive(run: string, event: RunEvent): void {
    if (this.shown !== run) {
      this.shown = run;
      this.painter.clear();
    }
    if (event.op === "state") this.progressed(event.text ?? "");
    else if (event.op === "replace") this.painter.replace(event.html ?? "");
    else if (event.op === "out") this.painter.add(event.html ?? "");
    else if (event.op === "cell") {
      this.painter.close(event.ok === false);
      this.ending = event.text ?? "";
      this.ended(event.ok, this.ending);
    }
  }

  progressed(text: string): void {
    this.state('<span class="dot dot-wait"></span>', text);
  }

  waits(text: string): void {
    this.note(text);
    this.progressed(say("in_line"));
  }

  wakes(text: string): void {
    this.note(text);
  }

  goesOn(): void {
    this.note("");
  }

  reported(): void {}

  finished(event: RunEvent): string {
    this.run = null;
    this.note("");
    this.runs(false);
    this.painter.close(event.ok === false);
    const text = event.text || this.ending || say("not_reached");
    this.ended(event.ok, text);
    return text;
  }

  private ended(ok: boolean | undefined, text: string): void {
    this.state(`<span class="dot${ok === false ? " dot-fail" : ""}"></span>`, text);
  }

  private note(text: string): void {
    const note = part(this.root, ".cell-note");
    note.hidden = !text;
    note.textContent = text;
  }

  private state(sign: string, text: string): void {
    const place = part(this.root, ".cell-state");
    place.innerHTML = sign;
    place.append(capital(text));
  }
}
