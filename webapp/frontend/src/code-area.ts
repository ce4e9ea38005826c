// The text of a cell: the server's textarea, or CodeMirror in its place after the first focus.
import type { EditorHandle } from "./editor";
import { part } from "./page";

interface CodeAreaEvents {
  onChange(): void;
  onRun(goOn: boolean): void;
  onLeave(): void;
}

const PREFERENCE = "aula-editor";

export function prefersPlainEditor(): boolean {
  try {
    return localStorage.getItem(PREFERENCE) === "plain";
  } catch {
    return false;
  }
}

export function preferPlainEditor(isPlain: boolean): void {
  try {
    localStorage.setItem(PREFERENCE, isPlain ? "plain" : "full");
  } catch {
    // The choice holds until the page is left.
  }
  document.dispatchEvent(new CustomEvent("aula-editor", { detail: isPlain }));
}

export class CodeArea {
  readonly textarea: HTMLTextAreaElement;
  private readonly root: HTMLElement;
  private readonly under: HTMLElement;
  private readonly numbers: HTMLElement;
  private editor: EditorHandle | null = null;
  private isMounting = false;

  constructor(owner: HTMLElement, private readonly events: CodeAreaEvents) {
    this.root = part(owner, ".editor");
    this.textarea = part<HTMLTextAreaElement>(this.root, "textarea");
    this.under = part(this.root, "pre code");
    this.numbers = part(this.root, ".line-numbers");
    this.textarea.addEventListener("input", () => this.changed());
    this.textarea.addEventListener("keydown", (event) => this.pressed(event));
    this.textarea.addEventListener("focus", () => void this.improve());
    document.addEventListener("aula-editor", (event) => {
      if ((event as CustomEvent<boolean>).detail) this.simplify();
    });
  }

  get source(): string {
    return this.editor ? this.editor.source() : this.textarea.value;
  }

  set source(text: string) {
    if (this.editor) this.editor.replace(text);
    else {
      this.textarea.value = text;
      this.changed();
    }
  }

  focus(): void {
    if (this.editor) this.editor.focus();
    else this.textarea.focus();
  }

  /** Puts text where the cursor is, the cursor `back` characters before its end; used by the phone's key bar. */
  insert(text: string, back: number): void {
    if (this.editor) return this.editor.insert(text, back);
    const { selectionStart, selectionEnd } = this.textarea;
    this.textarea.setRangeText(text, selectionStart, selectionEnd, "end");
    const place = this.textarea.selectionEnd - back;
    this.textarea.setSelectionRange(place, place);
    this.textarea.focus();
    this.changed();
  }

  private changed(): void {
    // The sheet below gives the textarea its size; its colours are the server's and no longer fit.
    this.under.textContent = `${this.textarea.value}\n`;
    this.root.classList.add("is-edited");
    const lines = this.textarea.value.split("\n").length;
    this.numbers.textContent = Array.from({ length: lines }, (_, index) => index + 1).join("\n");
    this.events.onChange();
  }

  private pressed(event: KeyboardEvent): void {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey || event.shiftKey)) {
      event.preventDefault();
      this.events.onRun(event.shiftKey);
    } else if (event.key === "Enter" && !event.isComposing && !this.textarea.readOnly) {
      this.indentedBreak(event);
    } else if (event.key === "Escape") {
      this.events.onLeave();
    }
  }

  /** A new line that keeps the indentation, one step deeper after a colon. */
  private indentedBreak(event: KeyboardEvent): void {
    const before = this.textarea.value.slice(0, this.textarea.selectionStart);
    const line = before.slice(before.lastIndexOf("\n") + 1);
    const indent = (/^[ ]*/.exec(line)?.[0] ?? "") + (/:\s*$/.test(line) ? "    " : "");
    if (!indent) return;
    event.preventDefault();
    this.insert(`\n${indent}`, 0);
  }

  private async improve(): Promise<void> {
    if (this.editor || this.isMounting || this.textarea.readOnly) return;
    if (prefersPlainEditor() || matchMedia("(pointer: coarse)").matches || matchMedia("(forced-colors: active)").matches) return;
    this.isMounting = true;
    try {
      const { mount } = await import("./editor");
      if (prefersPlainEditor()) return;
      const hadFocus = document.activeElement === this.textarea;
      const host = document.createElement("div");
      host.className = "editor-mounted";
      this.root.append(host);
      this.editor = mount(this.textarea, host, this.events);
      this.show(false);
      if (hadFocus) this.editor.focus();
    } catch {
      // The editor did not arrive: the textarea does everything.
    } finally {
      this.isMounting = false;
    }
  }

  private simplify(): void {
    if (!this.editor) return;
    this.textarea.value = this.editor.source();
    this.editor.destroy();
    this.editor = null;
    part(this.root, ".editor-mounted").remove();
    this.show(true);
    this.under.textContent = `${this.textarea.value}\n`;
    this.root.classList.add("is-edited");
  }

  private show(isPlain: boolean): void {
    part(this.root, ".editor-scroll").hidden = !isPlain;
    this.numbers.hidden = !isPlain;
  }
}
