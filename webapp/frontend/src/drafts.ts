// What was typed and the server has not yet confirmed, kept in this browser for this person.
import { page } from "./page";

export interface LocalDraft {
  source: string;
  base: number; // version of the server's text that the typing began from
  at: number;
}

const key = (cell: string): string => `aula-draft:${page.person}:${page.lesson}:${cell}`;

/** Whether the browser keeps it; false where storage is full or forbidden. */
export function keepDraft(cell: string, source: string, base: number): boolean {
  return write(key(cell), { source, base, at: Date.now() });
}

export function findDraft(cell: string): LocalDraft | null {
  return read(key(cell));
}

export function dropDraft(cell: string): void {
  erase(key(cell));
}

/** The names of all that is kept for this lesson. */
export function listDrafts(): string[] {
  const start = key("");
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(start) && !name.endsWith(":aside")).map((name) => name.slice(start.length));
  } catch {
    return [];
  }
}

/** A text that its author put aside in a conflict; offered among the versions until the next one replaces it. */
export function putAside(cell: string, source: string): void {
  write(`${key(cell)}:aside`, { source, base: 0, at: Date.now() });
}

export function findPutAside(cell: string): LocalDraft | null {
  return read(`${key(cell)}:aside`);
}

function write(name: string, draft: LocalDraft): boolean {
  try {
    localStorage.setItem(name, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

function read(name: string): LocalDraft | null {
  try {
    return JSON.parse(localStorage.getItem(name) ?? "null") as LocalDraft | null;
  } catch {
    return null;
  }
}

function erase(name: string): void {
  try {
    localStorage.removeItem(name);
  } catch {
    // Nothing was kept.
  }
}
