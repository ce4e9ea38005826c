// CodeMirror for one cell. Loaded on the first focus of a cell; Tab always leaves, Enter indents.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";

export interface EditorHandle {
  source(): string;
  replace(text: string): void;
  insert(text: string, back: number): void;
  focus(): void;
  destroy(): void;
}

interface EditorEvents {
  onChange(): void;
  onRun(goOn: boolean): void;
  onLeave(): void;
}

// The same classes that the server's highlighting uses; the colours live in the style sheet.
const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword, tags.definitionKeyword, tags.moduleKeyword, tags.bool, tags.null], class: "k" },
  { tag: [tags.string, tags.special(tags.string)], class: "s" },
  { tag: tags.number, class: "n" },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName), tags.function(tags.definition(tags.variableName))], class: "f" },
  { tag: tags.comment, class: "c" },
]);

const look = EditorView.theme({
  "&": { backgroundColor: "transparent", color: "var(--ink)", fontSize: "inherit" },
  "&.cm-focused": { outline: "3px solid var(--hint-bright)", outlineOffset: "-3px" },
  ".cm-scroller": { fontFamily: "var(--code)", lineHeight: "1.62" },
  ".cm-content": { padding: ".85rem 0", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 1rem" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--ink-3)", borderRight: "1px solid var(--line)", fontSize: ".8125rem" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "2.9rem", padding: "0 .6rem 0 0", lineHeight: "1.8943" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--act-soft)", outline: "1px solid var(--act-line)" },
  ".cm-tooltip": { backgroundColor: "var(--sheet)", border: "1px solid var(--line-2)", color: "var(--ink)" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--act)", color: "var(--on-act)" },
});

export function mount(textarea: HTMLTextAreaElement, host: HTMLElement, events: EditorEvents): EditorHandle {
  const nonce = document.querySelector<HTMLMetaElement>("meta[name=csp-nonce]")?.content ?? "";
  const run = (goOn: boolean) => (): boolean => {
    events.onRun(goOn);
    return true;
  };
  const leave = (): boolean => {
    events.onLeave();
    return true;
  };
  const view = new EditorView({
    parent: host,
    state: EditorState.create({
      doc: textarea.value,
      selection: { anchor: Math.min(textarea.selectionStart, textarea.value.length) },
      extensions: [
        EditorView.cspNonce.of(nonce),
        lineNumbers(),
        history(),
        indentOnInput(),
        indentUnit.of("    "),
        bracketMatching(),
        closeBrackets(),
        autocompletion({ icons: false }),
        python(),
        syntaxHighlighting(colours),
        keymap.of([
          { key: "Mod-Enter", run: run(false), preventDefault: true },
          { key: "Shift-Enter", run: run(true), preventDefault: true },
          ...closeBracketsKeymap,
          ...completionKeymap,
          { key: "Escape", run: leave },
          ...defaultKeymap,
          ...historyKeymap,
        ]),
        look,
        EditorView.editorAttributes.of({ class: "code" }),
        EditorView.contentAttributes.of({
          tabindex: "0", // it is focusable anyway; said aloud, its scroller counts as reachable by keyboard
          "aria-label": textarea.getAttribute("aria-label") ?? "",
          "aria-describedby": textarea.getAttribute("aria-describedby") ?? "",
          spellcheck: "false",
          autocapitalize: "off",
        }),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return;
          textarea.value = update.state.doc.toString();
          events.onChange();
        }),
      ],
    }),
  });
  return {
    source: () => view.state.doc.toString(),
    replace: (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
    insert(text, back) {
      const { from, to } = view.state.selection.main;
      view.dispatch({ changes: { from, to, insert: text }, selection: { anchor: from + text.length - back } });
      view.focus();
    },
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
}
