// @ts-check
/**
 * A field that holds text and dynamic data. Text is typed right in it, Backspace removes the chip before the caret, and
 * a chip or the plus asks for the composer.
 *
 *   <sw-expr data-prop="text" data-expects="text" data-literal="text" data-node="el_k3x9q2" data-doc="page/pg_ab12cd"
 *            data-value='{"text": ["Hello ", {"from": …}]}'>
 *     <div class="words" contenteditable="plaintext-only"><span class="txt">Hello </span><button class="chip" data-part="1">…</button></div>
 *     <button data-compose>+</button></sw-expr>
 *
 * `change` tells the new value in `detail.value`, after a pause in typing and when the field is left; null: nothing.
 * `sw-compose` asks for the composer: {node, prop, doc, part, expects, value, anchor}; `part` is null for the plus.
 */
const PAUSE = 400;
const NOTHING = "\u200b"; // gives the caret a place between two chips

export class Expr extends HTMLElement {
  connectedCallback() {
    this.#signal = new AbortController();
    const { signal } = this.#signal;
    this.addEventListener("input", this.#typed, { signal });
    this.addEventListener("focusout", () => this.#flush(), { signal });
    this.addEventListener("keydown", this.#key, { signal });
    this.addEventListener("click", this.#clicked, { signal });
  }

  disconnectedCallback() {
    this.#flush();
    this.#signal.abort();
  }

  get value() {
    return JSON.parse(this.dataset.value || "null");
  }

  /** Whether a hand is in its text, so that nobody else may draw it anew. */
  get isTyping() {
    return Boolean(this.#words?.isContentEditable && this.#words === document.activeElement);
  }

  /** @type {AbortController} */
  #signal = new AbortController();
  #timer = 0;

  get #words() {
    return /** @type {HTMLElement | null} */ (this.querySelector(".words"));
  }

  #typed = (/** @type {Event} */ event) => {
    event.stopPropagation();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#flush(), PAUSE);
  };

  #flush() {
    clearTimeout(this.#timer);
    if (!this.#words?.isContentEditable) return;
    this.#set(this.#read());
  }

  /** @param {any} value */
  #set(value) {
    if (JSON.stringify(value) === JSON.stringify(this.value) || (value === "" && this.value === null)) return;
    this.dataset.value = JSON.stringify(value);
    for (const [index, chip] of this.#chips().entries()) chip.dataset.part = String(partOf(value, index));
    this.dispatchEvent(new CustomEvent("change", { bubbles: true, detail: { value } }));
  }

  #chips = () => [.../** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll(".chip"))];

  /** What stands in the field now, as a value. @returns {any} */
  #read() {
    const before = this.value;
    const known = before?.text ?? [before];
    const parts = /** @type {any[]} */ ([""]);
    for (const node of this.#words?.childNodes || []) {
      const chip = node instanceof HTMLElement && node.matches(".chip") ? node : null;
      if (chip) parts.push(known[Number(chip.dataset.part)], "");
      else parts[parts.length - 1] += node.nodeName === "BR" ? "\n" : (node.textContent || "").replaceAll(NOTHING, "");
    }
    // Browsers end a text whose end was removed with a line break of their own.
    if (typeof parts.at(-1) === "string") parts.push(parts.pop().replace(/\n$/, ""));
    const kept = parts.filter((part) => part !== "");
    if (!this.#chips().length) return this.#literal(parts[0]);
    // Alone, a chip gives its value as it is, unless it stood in a text before.
    return kept.length === 1 && (this.dataset.expects !== "text" || before === known[0]) ? kept[0] : { text: kept };
  }

  /** @param {string} text */
  #literal(text) {
    if (text === "") return this.dataset.expects === "text" ? "" : null;
    return this.dataset.expects === "number" && Number.isFinite(Number(text)) ? Number(text) : text;
  }

  #key = (/** @type {KeyboardEvent} */ event) => {
    const chip = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest(".chip"));
    if (chip && (event.key === "Backspace" || event.key === "Delete")) this.#remove(chip);
    else if (!this.isTyping) return;
    else if (event.key === "Backspace" && this.#beside(-1)) this.#remove(this.#beside(-1));
    else if (event.key === "Delete" && this.#beside(1)) this.#remove(this.#beside(1));
    else if (event.key === "Enter" && !(Number(this.dataset.lines) > 1)) this.#flush();
    else return event.stopPropagation();
    event.stopPropagation();
    event.preventDefault();
  };

  /** @param {number} step -1 for before, 1 for after @returns {HTMLElement | null} the chip right beside the caret */
  #beside(step) {
    const caret = getSelection();
    const words = this.#words;
    if (!caret?.isCollapsed || !words || !caret.focusNode) return null;
    const range = document.createRange();
    range.selectNodeContents(words);
    if (step < 0) range.setEnd(caret.focusNode, caret.focusOffset);
    else range.setStart(caret.focusNode, caret.focusOffset);
    const between = [...range.cloneContents().childNodes].filter((node) => node.textContent?.replaceAll(NOTHING, ""));
    const next = /** @type {any} */ (step < 0 ? between.at(-1) : between[0]);
    return this.#chips().find((chip) => next?.nodeName === "BUTTON" && chip.dataset.part === next.dataset.part) || null;
  }

  /** @param {HTMLElement | null} chip the focus goes on in the text, else to the plus */
  #remove(chip) {
    const focused = chip === document.activeElement;
    const typed = this.#words?.isContentEditable;
    chip?.remove();
    if (focused) (typed ? this.#words : this.querySelector("button"))?.focus();
    if (typed) this.#flush();
    else this.#set(null);
  }

  #clicked = (/** @type {Event} */ event) => {
    const target = /** @type {Element} */ (event.target);
    const choice = target.closest("[data-choice]");
    const asked = /** @type {HTMLElement | null} */ (target.closest("[data-compose], .chip"));
    if (choice) return this.#set(choice.ariaChecked !== "true");
    if (!asked) return target === this ? this.#words?.focus() : undefined;
    this.#flush();
    const part = asked.dataset.part === undefined ? null : Number(asked.dataset.part);
    const { node, prop, doc, expects } = this.dataset;
    this.dispatchEvent(new CustomEvent("sw-compose", { bubbles: true, detail: { node, prop, doc, part, expects, value: this.value, anchor: asked } }));
  };
}

/** Where a chip stands among the parts. @param {any} value @param {number} index */
function partOf(value, index) {
  const parts = /** @type {any[]} */ (value?.text ?? [value]);
  return parts.flatMap((part, at) => (typeof part === "string" ? [] : [at]))[index] ?? 0;
}

customElements.define("sw-expr", Expr);
