// @ts-check
/**
 * Growing Markdown: parsed as it arrives, built from an allow-list of nodes, never from HTML text (S40, P26).
 *
 *     const text = new FormattedText(box, caret)
 *     text.write("**Water", false, true)
 *     text.write("ing**", false, true)
 *     text.end()                   // the parser releases the last character
 *
 * Finished blocks are never touched again. Used for streamed and stored text alike.
 */

import { parser, parser_end, parser_write } from "streaming-markdown";
import { AllowedNodes } from "./nodes.js";

const SETTLED = 300; // ms without new text after which a text with no end signal counts as complete

export class FormattedText {
  #box;
  #caret;
  #source = "";
  #ended = false;
  #settle = 0;
  #nodes;
  /** @type {any} the parser; null after it failed */ #parser;

  /** @param {HTMLElement} box @param {HTMLElement} caret */
  constructor(box, caret) {
    this.#box = box;
    this.#caret = caret;
    this.#nodes = new AllowedNodes(box);
    this.clear();
  }

  /**
   * @param {string} text
   * @param {boolean} fades whether it fades in @param {boolean} more whether its end will be signalled
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

  /** Start over with an ended text that continues after all, as the parser cannot reopen it. */
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
      // It is nested deeper than the parser supports.
      this.#parser = null;
      this.#box.append(text);
    }
  }
}
