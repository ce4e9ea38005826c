// The last versions of a cell, to look at and to restore.
import { call, Refused } from "./api";
import { findPutAside } from "./drafts";
import { page, part, say } from "./page";

interface Version {
  version: number;
  saved_at: string;
  source: string;
}

interface Shown {
  title: string;
  source: string;
}

export interface VersionedCell {
  id: string;
  url: string;
  original: string | null;
  restore(source: string): void;
}

export async function showVersions(cell: VersionedCell): Promise<void> {
  const dialog = part<HTMLDialogElement>(document, "#versions");
  const list = part(dialog, "[data-list]");
  list.replaceChildren(line(say("loading")));
  dialog.showModal();
  try {
    const { versions } = await call<{ versions: Version[] }>("GET", `${cell.url}/versiones`);
    const all = [...aside(cell), ...versions.map(titled), ...original(cell)];
    list.replaceChildren(...all.map((one) => entry(one, cell, dialog)));
    if (!all.length) list.replaceChildren(line(say("no_versions")));
  } catch (error) {
    list.replaceChildren(line(error instanceof Refused && error.message ? error.message : say("offline")));
  }
}

function titled(version: Version): Shown {
  const when = new Intl.DateTimeFormat(page.language, { dateStyle: "long", timeStyle: "short" });
  return { title: when.format(new Date(version.saved_at)), source: version.source };
}

function aside(cell: VersionedCell): Shown[] {
  const draft = findPutAside(cell.id);
  return draft ? [{ title: say("version_aside"), source: draft.source }] : [];
}

function original(cell: VersionedCell): Shown[] {
  return cell.original === null ? [] : [{ title: say("version_original"), source: cell.original }];
}

function entry(one: Shown, cell: VersionedCell, dialog: HTMLDialogElement): HTMLElement {
  const item = document.createElement("li");
  item.innerHTML = `<details><summary></summary><pre class="code" tabindex="0"><code></code></pre><button type="button" class="button small"></button></details>`;
  part(item, "summary").textContent = one.title;
  part(item, "code").textContent = one.source;
  const button = part(item, "button");
  button.textContent = say("restore");
  button.addEventListener("click", () => {
    dialog.close();
    cell.restore(one.source);
  });
  return item;
}

function line(text: string): HTMLElement {
  const item = document.createElement("li");
  item.textContent = text;
  return item;
}
