// @ts-check
/**
 * Markdown that grows: parsed as it comes, built from an allow-list of nodes, never from HTML text (S40, P26).
 *
 *     const text = new FormattedText(box, caret)
 *     text.write("**Water", false, true)
 *     text.write("ing**", false, true)
 *     text.end()                   // the parser lets go of the last character
 *
 * Finished blocks are never touched again. The same for text that streams and for text that is stored.
 */

import { parser, parser_end, parser_write } from "streaming-markdown";
import { AllowedNodes } from "./nodes.js";

const SETTLED = 300; // ms without new text after which a text whose end nobody tells counts as complete

export class FormattedText {
  #box;
  #caret;
  #source = "";
  #ended = false;
  #settle = 0;
  #nodes;
  /** @type {any} the parser; null after it gave up */ #parser;

  /** @param {HTMLElement} box @param {HTMLElement} caret */
  constructor(box, caret) {
    this.#box = box;
    this.#caret = caret;
    this.#nodes = new AllowedNodes(box);
    this.clear();
  }

  /**
   * @param {string} text @param {boolean} fades whether it fades in @param {boolean} more whether its end will be told
   */
  write(text, fades, more) {
    if (this.#ended) this.#reopen();
    clearTimeout(this.#settle);
    if (!more) this.#settle = setTimeout(() => this.end(), SETTLED);
    this.#source += text;
    this.#nodes.fades = fades;
    this.#parse(() => parser_write(this.#parser, text), text);
    this.#nodes.line.append(this.#caret);
  }

  end() {
    clearTimeout(this.#settle);
    if (this.#ended) return;
    this.#ended = true;
    this.#nodes.fades = false;
    this.#parse(() => parser_end(this.#parser), "");
    this.#box.append(this.#caret);
  }

  clear() {
    clearTimeout(this.#settle);
    this.#source = "";
    this.#ended = false;
    this.#nodes = new AllowedNodes(this.#box);
    this.#parser = parser(this.#nodes.renderer);
    this.#box.replaceChildren(this.#caret);
  }

  /** An ended text that goes on after all begins anew: the parser cannot take its end back. */
  #reopen() {
    const source = this.#source;
    this.clear();
    this.write(source, false, true);
  }

  /** @param {() => void} step @param {string} text shown plainly if the parser gives up, so that nothing is lost */
  #parse(step, text) {
    if (!this.#parser) return this.#box.append(text);
    try {
      step();
    } catch {
      // It is nested deeper than the parser goes.
      this.#parser = null;
      this.#box.append(text);
    }
  }
}
