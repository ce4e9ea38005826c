// Follows a run's log from any event on: event stream first, long poll where nothing is heard in 2.5 seconds.
// Whatever is between us and the server may hold, cut or repeat: only the next number is ever accepted.

export interface RunEvent {
  seq: number;
  op: "state" | "waking" | "out" | "replace" | "cell" | "report" | "variables" | "end";
  cell?: string;
  html?: string;
  text?: string;
  ok?: boolean;
  ms?: number;
  state?: string;
  status?: string;
}

export type Ending = "end" | "gone" | "signed_out";

interface Follower {
  onEvent(event: RunEvent): void;
  /** Called when nobody answers, and again (false) when somebody does. */
  onSilence(isSilent: boolean): void;
}

const FIRST_BYTE_MS = 2_500;
const HEARTBEAT_MS = 25_000; // the server beats each 10 s
const POLL_S = 20;
const LONGEST_WAIT_MS = 8_000;
const REMEMBER = "aula-run-log";

export async function follow(url: string, from: number, follower: Follower): Promise<Ending> {
  let seq = from;
  let ended = false;
  let wait = 250;
  let failures = 0;
  const take = (event: RunEvent | null): void => {
    if (!event || ended || event.seq !== seq + 1) return;
    seq = event.seq;
    wait = 250;
    ended = event.op === "end";
    follower.onEvent(event);
  };
  while (!ended) {
    const isPolling = remembered() === "poll";
    const reading = isPolling ? poll(url, seq, take) : stream(url, seq, take);
    const outcome = await reading;
    if (outcome === "gone" || outcome === "signed_out") return outcome;
    if (outcome === "silent" && !isPolling) remember("poll");
    failures = outcome === "failed" ? failures + 1 : 0;
    follower.onSilence(failures > 1);
    if (!ended && outcome !== "quiet") {
      await pause(wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    }
  }
  return "end";
}

type Outcome = "closed" | "quiet" | "silent" | "failed" | "gone" | "signed_out";

async function stream(url: string, seq: number, take: (event: RunEvent | null) => void): Promise<Outcome> {
  const stop = new AbortController();
  let isHeard = false;
  let timer = 0;
  const arm = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(() => stop.abort(), isHeard ? HEARTBEAT_MS : FIRST_BYTE_MS);
  };
  arm();
  try {
    const response = await fetch(`${url}?desde=${seq}`, { signal: stop.signal, headers: { Accept: "text/event-stream" } });
    const refusal = refused(response);
    if (refusal) return refusal;
    if (!(response.headers.get("content-type") ?? "").includes("text/event-stream")) {
      for (const event of (await response.json()) as RunEvent[]) take(event);
      return "closed"; // too many open streams: the server answered at once
    }
    for await (const event of messages(response)) {
      isHeard = true;
      arm();
      take(event);
    }
    return "closed";
  } catch {
    // Cut after having been heard is an ordinary proxy; stopped by our own clock before it is one that holds the stream.
    if (isHeard) return "closed";
    return stop.signal.aborted ? "silent" : "failed";
  } finally {
    clearTimeout(timer);
  }
}

async function poll(url: string, seq: number, take: (event: RunEvent | null) => void): Promise<Outcome> {
  try {
    const response = await fetch(`${url}?desde=${seq}&espera=${POLL_S}`, { headers: { Accept: "application/json" } });
    const refusal = refused(response);
    if (refusal) return refusal;
    const events = (await response.json()) as RunEvent[];
    for (const event of events) take(event);
    return events.length ? "quiet" : "closed";
  } catch {
    return "failed";
  }
}

function refused(response: Response): Outcome | null {
  if (response.status === 404) return "gone";
  if (response.status === 401 || response.status === 403 || response.redirected) return "signed_out";
  return response.ok ? null : "failed";
}

/** The events of a stream; null for a heartbeat. */
async function* messages(response: Response): AsyncGenerator<RunEvent | null> {
  if (!response.body) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    rest += value.replace(/\r\n/g, "\n");
    for (let cut = rest.indexOf("\n\n"); cut >= 0; cut = rest.indexOf("\n\n")) {
      const lines = rest.slice(0, cut).split("\n");
      rest = rest.slice(cut + 2);
      const data = lines.filter((line) => line.startsWith("data:")).map((line) => line.slice(5)).join("\n");
      yield data ? (JSON.parse(data) as RunEvent) : null;
    }
  }
}

/** Waits, but not past the moment when the network comes back. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      window.removeEventListener("online", done);
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(done, ms);
    window.addEventListener("online", done);
  });
}

function remembered(): string {
  try {
    return sessionStorage.getItem(REMEMBER) ?? "stream";
  } catch {
    return "stream";
  }
}

function remember(channel: string): void {
  try {
    sessionStorage.setItem(REMEMBER, channel);
  } catch {
    // Without storage the 2.5 s are paid at each run, nothing worse.
  }
}
