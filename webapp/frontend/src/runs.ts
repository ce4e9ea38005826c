// Runs of this page: each event goes to the cell it names, what names none goes to whoever pressed the button.
import { call } from "./api";
import { follow, type RunEvent } from "./run-log";
import { announce, page, part, say } from "./page";

export interface RunCell {
  readonly cellId: string;
  receive(run: string, event: RunEvent): void;
}

export interface RunOwner {
  readonly name: string; // as said aloud: "Celda 4"
  progressed(text: string): void;
  /** The run stands in the line for room; its log tells each change of its place. */
  waits(text: string): void;
  /** The kernel had to be woken: cells above this one run first. */
  wakes(text: string): void;
  /** A cell of the run, this one or one above it, has its turn. */
  goesOn(): void;
  reported(html: string): void;
  /** What is said aloud about the run's end. */
  finished(event: RunEvent): string;
}

const cells = new Map<string, RunCell>();

export function registerCell(cell: RunCell): void {
  cells.set(cell.cellId, cell);
}

export function runAddress(run: string): string {
  return `${page.runs}/${run}`;
}

export function stopRun(run: string): Promise<unknown> {
  return call("POST", `${runAddress(run)}/interrumpir`);
}

export async function followRun(run: string, from: number, owner: RunOwner): Promise<void> {
  let last: RunEvent = { seq: from, op: "end", ok: false, status: "lost", text: say("run_gone") };
  const ending = await follow(runAddress(run), from, {
    onEvent(event) {
      last = event;
      deliver(run, event, owner);
    },
    onSilence: (isSilent) => isSilent && owner.progressed(say("run_offline")),
  });
  if (ending !== "end") {
    last = { seq: last.seq, op: "end", ok: false, status: "lost", text: say(ending === "gone" ? "run_gone" : "signed_out") };
  }
  announce(`${owner.name}: ${owner.finished(last)}`);
}

function deliver(run: string, event: RunEvent, owner: RunOwner): void {
  if (event.op === "report") return owner.reported(event.html ?? "");
  if (event.op === "variables") return showVariables(event.html ?? "");
  if (event.op === "waking") return owner.wakes(event.text ?? "");
  if (event.cell) {
    owner.goesOn();
    cells.get(event.cell)?.receive(run, event);
  } else if (event.op === "state") {
    if (event.state === "waiting") owner.waits(event.text ?? "");
    else owner.progressed(event.text ?? "");
  }
}

export function showVariables(html: string): void {
  const panel = document.getElementById("variables");
  if (panel) part(panel, "[data-list]").innerHTML = html;
}
