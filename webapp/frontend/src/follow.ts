// A part of a page that tells how far something is: asked for again and again, until it says something else is the case.

export function followAll(): void {
  for (const part of document.querySelectorAll<HTMLElement>("[data-follow]")) void follow(part);
}

// data-follow: how many seconds between two looks; data-state: what is going on. Another state is another page.
async function follow(part: HTMLElement): Promise<void> {
  for (;;) {
    await new Promise((wake) => setTimeout(wake, Number(part.dataset["follow"]) * 1000));
    const fresh = await look();
    if (fresh === undefined) continue;
    if (fresh === null || fresh.dataset["state"] !== part.dataset["state"]) return location.reload();
    part.replaceChildren(...fresh.childNodes);
  }
}

// The same part as it is now; null where the page has it no more, undefined where nobody answered.
async function look(): Promise<HTMLElement | null | undefined> {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok) return undefined;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.querySelector<HTMLElement>("[data-follow]");
  } catch {
    return undefined;
  }
}
