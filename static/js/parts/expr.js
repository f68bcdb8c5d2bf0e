// @ts-check
/**
 * A field that holds text and dynamic data. Text is typed into it directly, Backspace removes the chip before the
 * caret, and a chip or the plus opens the composer.
 *
 *   <sw-expr data-prop="text" data-expects="text" data-literal="text" data-node="el_k3x9q2" data-doc="page/pg_ab12cd"
 *            data-value='{"text": ["Hello ", {"from": …}]}'>
 *     <div class="words" contenteditable="plaintext-only">
 *       <span class="txt">Hello </span><button class="chip" data-part="1">…</button></div>
 *     <button data-compose>+</button></sw-expr>
 *
 * `change` has the new value in `detail.value`, after a pause in typing and on leaving the field; null for no value.
 * `data-unsaved`: the last one could not be saved, so the same is reported again on leaving once it can be.
 * `sw-compose` requests the composer: {node, prop, doc, part, expects, value, caret, anchor}; `part` is null for the
 * plus, which inserts at the caret.
 */
import { caretIn, chipBeside, partOf, valueIn } from "parts/expr_words";
/** @import { Value } from "builder/expressions/shape" */

const PAUSE = 400;

export class Expr extends HTMLElement {
  connectedCallback() {
    this.#signal = new AbortController();
    const { signal } = this.#signal;
    this.addEventListener("input", this.#typed, { signal });
    this.addEventListener("focusout", this.#left, { signal });
    this.addEventListener("keydown", this.#key, { signal });
    this.addEventListener("click", this.#clicked, { signal });
  }

  disconnectedCallback() {
    this.#flush();
    this.#signal.abort();
  }

  /** @returns {Value} */
  get value() {
    return JSON.parse(this.dataset.value || "null");
  }

  /** Whether the user is in its text, so that it must not be redrawn. */
  get isTyping() {
    return Boolean(this.#words?.isContentEditable && this.#words === document.activeElement);
  }

  /** @type {AbortController} */
  #signal = new AbortController();
  #timer = 0;
  /** Whether the user changed its text since the last `change`. An expression from the composer appears when the server
   * redraws the field. */
  #isChanged = false;
  #removed = false;
  /** Where the caret was when the text was left. @type {import("parts/expr_words").Caret | null} */
  #caret = null;

  get #words() {
    return /** @type {HTMLElement | null} */ (this.querySelector(".words"));
  }

  #typed = (/** @type {Event} */ event) => {
    event.stopPropagation();
    this.#removed = Boolean(/** @type {InputEvent} */ (event).inputType?.startsWith("delete"));
    clearTimeout(this.#timer);
    this.#isChanged = true;
    this.#timer = setTimeout(() => this.#flush(), PAUSE);
  };

  #left = (/** @type {Event} */ event) => {
    const words = this.#words;
    if (words && event.target === words) this.#caret = caretIn(words);
    this.#flush();
  };

  #flush() {
    clearTimeout(this.#timer);
    if (!this.#isChanged || !this.#words?.isContentEditable) return;
    this.#isChanged = false;
    this.#set(valueIn(this.#words, this.value, this.dataset.expects, this.#removed));
  }

  /** @param {Value} value */
  #set(value) {
    const isSame = JSON.stringify(value) === JSON.stringify(this.value) || (value === "" && this.value === null);
    if (isSame && !this.hasAttribute("data-unsaved")) return;
    this.dataset.value = JSON.stringify(value);
    delete this.dataset.default;
    for (const [index, chip] of this.#chips().entries()) chip.dataset.part = String(partOf(value, index));
    this.dispatchEvent(new CustomEvent("change", { bubbles: true, detail: { value } }));
  }

  #chips = () => [.../** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll(".chip"))];

  #key = (/** @type {KeyboardEvent} */ event) => {
    const chip = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest(".chip"));
    const removes = { Backspace: -1, Delete: 1 }[event.key];
    if (!chip && !this.isTyping) return;
    const removed = removes && (chip || chipBeside(/** @type {Element} */ (this.#words), removes));
    if (removed) this.#remove(removed);
    else if (!this.isTyping) return;
    else if (event.key === "Enter" && !(Number(this.dataset.lines) > 1)) this.#flush();
    else return;
    event.stopPropagation();
    event.preventDefault();
  };

  /** @param {HTMLElement} chip which passes its focus on to the text, else to the plus */
  #remove(chip) {
    const focused = chip === document.activeElement;
    const typed = this.#words?.isContentEditable;
    chip.remove();
    if (focused) (typed ? this.#words : this.querySelector("button"))?.focus();
    if (!typed) return this.#set(null);
    this.#isChanged = true;
    this.#flush();
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
    // A default text, such as "Button", is replaced by what is inserted, not continued.
    const value = part === null && "default" in this.dataset ? null : this.value;
    this.dispatchEvent(
      new CustomEvent("sw-compose", {
        bubbles: true,
        detail: { node, prop, doc, part, expects, value, caret: this.#caret, anchor: asked },
      }),
    );
  };
}

customElements.define("sw-expr", Expr);
