// <aula-exercise>: checking an answer, its report, hints and the solution.
import { call, insist, Refused } from "./api";
import type { AulaCell } from "./cell";
import { refreshIndex } from "./index";
import { capital, icon, page, part, say } from "./page";
import type { RunEvent } from "./run-log";
import { Question } from "./question";
import { followRun, type RunOwner } from "./runs";
import { Withdrawn } from "./saver";

interface Started {
  run: string;
  version: number;
}

export class AulaExercise extends HTMLElement implements RunOwner {
  private isWired = false;
  private question: Question | null = null;
  /** What the button of an open answer says, which is not checked but sent. */
  private label = "";

  get name(): string {
    return this.dataset["name"] ?? "";
  }

  private get url(): string {
    return `${page.base}/ejercicios/${this.dataset["exercise"] ?? ""}`;
  }

  private get cell(): AulaCell | null {
    return this.querySelector<AulaCell>("aula-cell");
  }

  connectedCallback(): void {
    if (!page.person || this.isWired) return;
    this.isWired = true;
    this.addEventListener("click", (event) => {
      const pressed = (event.target as Element).closest<HTMLElement>("[data-act]");
      if (pressed?.dataset["act"] === "check") void this.check();
      else if (pressed?.dataset["act"] === "hint") void this.askHint();
      else if (pressed?.dataset["act"] === "solution") void this.askSolution();
    });
    const form = this.querySelector<HTMLFormElement>("form.question-form");
    if (form) this.wireQuestion(form);
    if (this.dataset["run"]) void this.watch(this.dataset["run"], Number(this.dataset["seq"] ?? 0));
  }

  private wireQuestion(form: HTMLFormElement): void {
    this.label = form.dataset["question"] === "text" ? (part(form, "[type=submit]").textContent ?? "") : "";
    this.question = new Question(form, this.dataset["exercise"] ?? "", (html, text) => this.showState(html, text));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.check();
    });
  }

  private async check(): Promise<void> {
    if (this.classList.contains("is-checking")) return;
    if (this.question?.lack) return this.progressed(this.question.lack);
    this.checking(true);
    this.progressed(say("sending"));
    try {
      const { run } = await this.send();
      await this.watch(run, 0);
    } catch (error) {
      this.checking(false);
      if (!(error instanceof Withdrawn)) this.progressed(worded(error));
    }
  }

  /** Code and written answers are saved with the same request; other answers have no text. */
  private send(): Promise<Started> {
    const saver = this.cell?.saver ?? this.question?.saver;
    const hand = (body: Record<string, unknown>): Promise<Started> => insist<Started>("POST", `${this.url}/comprobar`, body);
    if (saver) return saver.submit((source, base_version) => hand({ source, base_version }));
    return hand({ choice: this.question?.choice ?? [], base_version: 0 });
  }

  private async watch(run: string, from: number): Promise<void> {
    this.checking(true);
    await followRun(run, from, this);
  }

  private checking(isChecking: boolean): void {
    this.classList.toggle("is-checking", isChecking);
    this.classList.toggle("is-running", isChecking);
    const button = part(this, "[data-act=check], .question-form [type=submit]");
    button.setAttribute("aria-disabled", String(isChecking));
    button.textContent = isChecking ? say("checking") : this.label || say("check");
  }

  progressed(text: string): void {
    if (this.cell) return this.cell.progressed(text);
    this.showState("", text);
  }

  waits(text: string): void {
    if (this.cell) this.cell.showWaiting(text);
    else this.progressed(text);
  }

  wakes(): void {}

  goesOn(): void {
    this.cell?.endWaiting();
  }

  reported(html: string): void {
    this.goesOn();
    part(this, "[data-report]").innerHTML = html;
  }

  finished(event: RunEvent): string {
    this.checking(false);
    delete this.dataset["run"];
    this.progressedTo(event);
    if (this.querySelector(".report-passed")) this.passed();
    const note = this.querySelector("[data-solution-note]");
    const ask = this.querySelector<HTMLElement>("[data-act=solution]");
    if (note && ask) {
      note.remove();
      ask.hidden = false; // the server says no, with the reason, where it is still too early
    }
    return this.querySelector(".report-head h4")?.textContent ?? event.text ?? "";
  }

  private progressedTo(event: RunEvent): void {
    this.showState(`<span class="dot${event.ok ? "" : " dot-wait"}"></span>`, event.text ?? "");
  }

  private showState(sign: string, text: string): void {
    const place = part(this, ".cell-state");
    place.innerHTML = sign;
    place.append(capital(text));
  }

  private passed(): void {
    this.classList.add("is-passed");
    part(this, ".exercise-tab .icon").outerHTML = icon("check");
    refreshIndex();
  }

  private async askHint(): Promise<void> {
    const button = part<HTMLButtonElement>(this, "[data-act=hint]");
    button.setAttribute("aria-disabled", "true");
    try {
      const { number, of, html } = await call<{ number: number; of: number; html: string }>("POST", `${this.url}/pistas`);
      button.before(folded(say("hint_title", { number, of }), html));
      button.hidden = number >= of;
      button.textContent = say("ask_hint", { number: number + 1, of });
    } catch (error) {
      this.progressed(worded(error));
    } finally {
      button.removeAttribute("aria-disabled");
    }
  }

  private async askSolution(): Promise<void> {
    const button = part(this, "[data-act=solution]");
    try {
      const { html } = await call<{ html: string }>("POST", `${this.url}/solucion`);
      const solution = document.createElement("div");
      solution.className = "solution";
      solution.tabIndex = -1;
      solution.innerHTML = html;
      button.replaceWith(solution);
      solution.focus();
    } catch (error) {
      if (!(error instanceof Refused) || error.code !== "solution_locked") return this.progressed(worded(error));
      const note = document.createElement("p");
      note.className = "locked-note";
      note.setAttribute("role", "status");
      note.dataset["solutionNote"] = "";
      note.innerHTML = icon("lock");
      note.append(error.message);
      button.hidden = true;
      button.after(note);
    }
  }
}

function folded(title: string, html: string): HTMLElement {
  const card = document.createElement("details");
  card.className = "hint-card";
  card.open = true;
  card.innerHTML = `<summary></summary><div>${html}</div>`;
  part(card, "summary").textContent = title;
  requestAnimationFrame(() => part(card, "summary").focus());
  return card;
}

function worded(error: unknown): string {
  if (!(error instanceof Refused)) return say("run_unsent");
  if (error.status === 401 || (error.status === 403 && error.code !== "solution_locked")) return say("signed_out");
  return error.message || say("run_unsent");
}
