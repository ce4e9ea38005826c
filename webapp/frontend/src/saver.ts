// Saving one cell: a local draft at each key, the server 1.2 s after the last one, and never over a newer text.
import { call, Refused, Unreachable } from "./api";
import { askAboutConflict, type ServerText } from "./conflict";
import { dropDraft, findDraft, keepDraft, putAside } from "./drafts";
import { clock, say } from "./page";

export type SaveState = "pending" | "saving" | "saved" | "local" | "refused" | "danger";

/** A text on the page that is kept as it is typed. */
export interface SavedText {
  source: string;
}

/** The reader chose the other text in a conflict: what was about to be sent is not sent. */
export class Withdrawn extends Error {}

interface Saved {
  version: number;
  saved_at: string;
}

const PAUSE_MS = 1_200;
const LONGEST_RETRY_MS = 30_000;

export class Saver {
  version: number;
  private saved: string;
  private timer = 0;
  private retry = 3_000;
  private isLocal = true;
  private queue: Promise<unknown> = Promise.resolve();
  /** Texts that left this tab and whose answer never came: if the server has one of them, it is ours. */
  private readonly unanswered = new Set<string>();

  constructor(
    private readonly cell: string,
    private readonly url: string,
    private readonly area: SavedText,
    version: number,
    private readonly show: (state: SaveState, text: string) => void,
  ) {
    this.version = version;
    this.saved = area.source;
    window.addEventListener("online", () => this.isDirty && this.schedule(0));
    document.addEventListener("visibilitychange", () => {
      if (document.hidden && this.isDirty) this.schedule(0);
    });
    window.addEventListener("beforeunload", (event) => {
      if (this.isDirty && !this.isLocal) event.preventDefault();
    });
  }

  get isDirty(): boolean {
    return this.area.source !== this.saved;
  }

  /** Puts back what this browser kept and the server never confirmed. */
  restore(): void {
    const draft = findDraft(this.cell);
    if (!draft || draft.source === this.saved) return dropDraft(this.cell);
    this.version = draft.base; // an older one makes the server answer with its newer text, and both are shown
    this.area.source = draft.source;
    this.show("local", say("draft_restored"));
  }

  touched(): void {
    if (!this.isDirty) return;
    this.isLocal = keepDraft(this.cell, this.area.source, this.version);
    this.show(this.isLocal ? "pending" : "danger", say(this.isLocal ? "unsaved" : "unsaved_nowhere"));
    this.schedule(PAUSE_MS);
  }

  private schedule(wait: number): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.save(), wait);
  }

  private async save(): Promise<void> {
    clearTimeout(this.timer);
    if (!this.isDirty) return;
    const send = (source: string, base: number): Promise<Saved> => {
      const body = { source, base_version: base };
      return call<Saved>("PUT", this.url, { body, keepalive: source.length < 30_000 });
    };
    try {
      this.show("saving", say("saving"));
      const answer = await this.submit(send);
      if (!this.isDirty) this.show("saved", say("saved_at", { time: clock(answer.saved_at) }));
      else this.schedule(PAUSE_MS);
      this.retry = 3_000;
    } catch (error) {
      this.explain(error);
    }
  }

  /** Sends the text as it is now, after whatever is under way. Throws Withdrawn, Refused or Unreachable. */
  submit<T extends { version: number }>(send: (source: string, base: number) => Promise<T>): Promise<T> {
    const turn = this.queue.then(() => this.attempt(send));
    this.queue = turn.catch(() => undefined);
    return turn;
  }

  private async attempt<T extends { version: number }>(send: (source: string, base: number) => Promise<T>): Promise<T> {
    clearTimeout(this.timer);
    for (;;) {
      const source = this.area.source;
      try {
        const answer = await send(source, this.version);
        this.unanswered.clear();
        this.confirm(source, answer.version);
        return answer;
      } catch (error) {
        if (error instanceof Unreachable) this.unanswered.add(source);
        if (!(error instanceof Refused) || error.code !== "stale_draft") throw error;
        await this.settle(error.body["current"] as ServerText);
      }
    }
  }

  private confirm(source: string, version: number): void {
    this.version = version;
    this.saved = source;
    if (this.area.source === source) dropDraft(this.cell);
    else keepDraft(this.cell, this.area.source, version);
  }

  /** The cell has moved on elsewhere. Returns where ours is to be sent on top of it; throws Withdrawn where it is not. */
  private async settle(current: ServerText): Promise<void> {
    const mine = this.area.source;
    const isOurs = current.source === mine || this.unanswered.has(current.source);
    if (isOurs || (await askAboutConflict(mine, current)) === "mine") {
      this.version = current.version;
      return;
    }
    putAside(this.cell, mine);
    this.confirm(current.source, current.version);
    this.area.source = current.source;
    dropDraft(this.cell);
    this.show("saved", say("saved_at", { time: clock(current.saved_at) }));
    throw new Withdrawn();
  }

  private explain(error: unknown): void {
    if (error instanceof Withdrawn) return;
    const isSignedOut = error instanceof Refused && [401, 403].includes(error.status);
    const isForGood = error instanceof Refused && [413, 422].includes(error.status);
    const text = isSignedOut ? say("signed_out") : error instanceof Refused && error.message ? error.message : say("offline_kept");
    this.show(error instanceof Refused ? "refused" : "local", this.isLocal ? text : say("unsaved_nowhere"));
    if (isForGood || isSignedOut) return;
    this.schedule(this.retry);
    this.retry = Math.min(this.retry * 2, LONGEST_RETRY_MS);
  }
}
