// Calls to our own server: JSON both ways, CSRF header, refusals as problem documents (RFC 9457).

/** The server answered with a refusal; `message` is a sentence in the reader's language. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly body: Record<string, unknown>,
  ) {
    super(message);
  }
}

/** Nobody answered: no network, or something between us and the server. */
export class Unreachable extends Error {}

const csrf = (): string => document.querySelector<HTMLMetaElement>("meta[name=csrf-token]")?.content ?? "";

/** One name for one wish, so that a repeated request is never carried out twice. */
export function wishKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

interface CallOptions {
  body?: unknown;
  key?: string;
  keepalive?: boolean;
}

/** The answer's JSON ({} where it has none). Throws Refused or Unreachable. */
export async function call<T>(method: string, url: string, options: CallOptions = {}): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json", "X-CSRFToken": csrf() };
  if (options.body !== undefined) headers["Content-Type"] = "application/json";
  if (options.key) headers["Idempotency-Key"] = options.key;
  const init: RequestInit = { method, headers, credentials: "same-origin" };
  if (options.body !== undefined) init.body = JSON.stringify(options.body);
  if (options.keepalive) init.keepalive = true;
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch {
    throw new Unreachable();
  }
  const text = await response.text().catch(() => "");
  const data = parse(text);
  // A page where JSON was due means that something in between answered: the server did not say yes.
  if (response.ok && response.redirected) throw new Refused(401, "signed_out", "", {});
  if (!response.ok) {
    throw new Refused(response.status, String(data["code"] ?? ""), String(data["detail"] ?? data["title"] ?? ""), data);
  }
  return data as T;
}

function parse(text: string): Record<string, unknown> {
  try {
    return (text ? JSON.parse(text) : {}) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** Like `call`, trying again with the same key while nobody answers: 0.5, 1 and 2 seconds later. */
export async function insist<T>(method: string, url: string, body: unknown): Promise<T> {
  const key = wishKey();
  for (let wait = 500; ; wait *= 2) {
    try {
      return await call<T>(method, url, { body, key });
    } catch (error) {
      if (!(error instanceof Unreachable) || wait > 2000) throw error;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}
