// @ts-check
/**
 * The field a composer is for, also after it was drawn anew: what it asked, where it stands, and what it gets.
 *
 *   const field = new ComposedField(asked, element);      // asked: the detail of `sw-compose`
 *   field.element;  field.holds;  field.give(expression);  field.focus();
 */
import { give } from "./use.js";

export class ComposedField {
  /** @param {any} asked @param {HTMLElement} element */
  constructor(asked, element) {
    this.asked = asked;
    this.#element = element;
  }

  /** @type {HTMLElement} */
  #element;

  /** @returns {HTMLElement | null} */
  get element() {
    if (this.#element.isConnected) return this.#element;
    const { node, prop } = this.asked;
    return document.querySelector(`sw-expr[data-node="${CSS.escape(node)}"][data-prop="${CSS.escape(prop)}"]`);
  }

  /** Whether it has a value that can be taken away. */
  get holds() {
    const { part, expects, value } = this.asked;
    return Number.isInteger(part) || (expects !== "text" && Boolean(value?.from));
  }

  /** Back to what was pressed. */
  focus() {
    const { anchor } = this.asked;
    (anchor?.isConnected ? anchor : this.element?.querySelector("button"))?.focus();
  }

  /** @param {any} used the expression; the chip may be another one then, the button beside it stays */
  give(used) {
    const { element } = this;
    give(this.asked, element || {}, used);
    const button = element?.querySelector("[data-compose]") || element?.querySelector("button");
    /** @type {HTMLElement | null | undefined} */ (button)?.focus();
  }
}
