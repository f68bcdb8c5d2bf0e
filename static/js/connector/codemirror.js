// @ts-check
/**
 * CodeMirror in our colours: JSON or plain text, line numbers, `<name>` as pills, and a highlight on an invalid line.
 *
 *   const editor = open(parent, textarea, { json: true, typed: (text) => …, left: () => … });
 */
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, HighlightStyle, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { Compartment, EditorState, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, keymap, lineNumbers, MatchDecorator, ViewPlugin } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { onlyLooks } from "lib/looks";

const colours = HighlightStyle.define([
  { tag: tags.propertyName, class: "k" },
  { tag: tags.string, class: "s" },
  { tag: [tags.number, tags.bool, tags.null], class: "n" },
  { tag: [tags.separator, tags.brace, tags.squareBracket], class: "p" },
]);

// CodeMirror's own styles are in no cascade layer and would override our style sheets, so ours are set here.
const look = EditorView.theme({
  "&": { maxHeight: "60vh" },
  "&.cm-focused": { outline: "1px solid var(--select)", outlineOffset: "0", borderColor: "var(--select)" },
  ".cm-scroller": { fontFamily: "var(--mono)", fontSize: "var(--t-12)", lineHeight: "20px", overflow: "auto" },
  ".cm-content": { padding: "var(--s-2) 0", caretColor: "var(--ink)", minHeight: "100px" },
  ".cm-line": { padding: "0 12px 0 0", color: "var(--ink)" },
  ".cm-gutters": { background: "none", border: "0", color: "var(--ink-3)", fontSize: "var(--t-11)" },
  ".cm-lineNumbers .cm-gutterElement": { padding: "0 12px 0 0", minWidth: "44px" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused .cm-matchingBracket": { background: "var(--pressed)", color: "inherit" },
  "&.cm-focused .cm-nonmatchingBracket": { background: "none", color: "inherit" },
  ".cm-selectionBackground, &.cm-focused .cm-selectionBackground": { background: "var(--select-soft)" },
});

const names = new MatchDecorator({ regexp: /<[^\W\d][\w .-]{0,59}>/gu, decoration: Decoration.mark({ class: "ph" }) });
const pills = ViewPlugin.fromClass(
  class {
    constructor(/** @type {EditorView} */ view) {
      this.marks = names.createDeco(view);
    }
    update(/** @type {import("@codemirror/view").ViewUpdate} */ update) {
      this.marks = names.updateDeco(update, this.marks);
    }
  },
  { decorations: (plugin) => plugin.marks },
);

/** @type {import("@codemirror/state").StateEffectType<number>} the number of a line, 0 for none */
const setWrong = StateEffect.define();
const wrongLine = StateField.define({
  create: () => Decoration.none,
  update(marks, transaction) {
    const said = transaction.effects.find((effect) => effect.is(setWrong));
    if (!said) return marks.map(transaction.changes);
    const { doc } = transaction.state;
    if (!said.value || said.value > doc.lines) return Decoration.none;
    return Decoration.set([Decoration.line({ class: "line-wrong" }).range(doc.line(said.value).from)]);
  },
  provide: (field) => EditorView.decorations.from(field),
});

/**
 * Handle typing over a selection: by default, Chromium keeps the old text's look with a style attribute, which the CSP
 * blocks with an error in the console.
 * @param {InputEvent} event @param {EditorView} view
 */
function typedOver(event, view) {
  if (event.inputType !== "insertText" || !event.data || event.isComposing || view.state.selection.main.empty)
    return false;
  view.dispatch({ ...view.state.replaceSelection(event.data), userEvent: "input.type", scrollIntoView: true });
  event.preventDefault();
  return true;
}

/**
 * @param {HTMLElement} parent @param {HTMLTextAreaElement} area
 * @param {{ json: boolean, typed: (text: string) => void, left: () => void }} options
 */
export function open(parent, area, { json: isJson, typed, left }) {
  const [language, reading] = [new Compartment(), new Compartment()];
  const isRead = () => EditorState.readOnly.of(Boolean(onlyLooks()));
  const spoken = () => (isJson ? json() : []);
  const nonce = /** @type {HTMLElement | null} */ (document.querySelector("script[nonce]"))?.nonce || "";
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: area.value,
      extensions: [
        EditorView.cspNonce.of(nonce),
        look,
        lineNumbers(),
        history(),
        bracketMatching(),
        pills,
        wrongLine,
        indentUnit.of("  "),
        language.of(spoken()),
        syntaxHighlighting(colours),
        keymap.of([...defaultKeymap, ...historyKeymap].filter((binding) => binding.key !== "Mod-Enter")),
        reading.of(isRead()),
        EditorView.lineWrapping,
        EditorView.editorAttributes.of({ class: "code", "data-kept": "" }),
        EditorView.contentAttributes.of({
          "aria-label": area.getAttribute("aria-label") || "Body",
          spellcheck: "false",
        }),
        EditorView.updateListener.of((update) => update.docChanged && typed(update.state.doc.toString())),
        EditorView.domEventHandlers({ blur: () => void left(), beforeinput: typedOver }),
      ],
    }),
  });
  const end = new AbortController();
  const { signal } = end;
  for (const name of ["sw-only-looks", "sw-edits-again"])
    document.addEventListener(name, () => view.dispatch({ effects: reading.reconfigure(isRead()) }), { signal });
  return {
    text: () => view.state.doc.toString(),
    set: (/** @type {string} */ text) =>
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
    wrong: (/** @type {number} */ line) => view.dispatch({ effects: setWrong.of(line) }),
    json(/** @type {boolean} */ yes) {
      if (yes === isJson) return;
      isJson = yes;
      view.dispatch({ effects: language.reconfigure(spoken()) });
    },
    focus: () => view.focus(),
    destroy() {
      end.abort();
      view.destroy();
    },
  };
}
