// @ts-check
/**
 * The field a composer is for, even after a redraw: what it asked for, where it is, and what it receives.
 *
 *   const field = new ComposedField(asked, element);      // asked: the detail of `sw-compose`
 *   field.element;  field.holds;  field.give(expression);  field.focus();
 */
import { give } from "./use.js";
/** @import { Expression } from "builder/expressions/shape" */
/** @import { Asked } from "builder/views/compose" */

export class ComposedField {
  /** @param {Asked} asked @param {HTMLElement} element */
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

  /** Whether it has a value that can be removed. */
  get holds() {
    const { part, expects, value } = this.asked;
    return (
      Number.isInteger(part) || (expects !== "text" && value !== null && typeof value === "object" && "from" in value)
    );
  }

  /** Return the focus to what was pressed. */
  focus() {
    const { anchor } = this.asked;
    (anchor?.isConnected ? anchor : this.element?.querySelector("button"))?.focus();
  }

  /** @param {Expression | null} used the expression; this may replace the chip, but not the button beside it */
  give(used) {
    const { element } = this;
    give(this.asked, element || {}, used);
    const button = element?.querySelector("[data-compose]") || element?.querySelector("button");
    /** @type {HTMLElement | null | undefined} */ (button)?.focus();
  }
}
