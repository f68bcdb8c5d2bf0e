// @ts-check
/**
 * Writes text into a box: plain, or as Markdown, whose code is loaded only by pages that need it.
 *
 *     const writer = writerFor(box, caret, element.dataset.formatted === "yes")
 *     writer.write("Leaf ", true, true)   // it fades in; more text or the end will follow
 *     writer.end()
 *     writer.clear()
 */

import { PlainText } from "./plain.js";

/** @typedef {{write(text: string, fades: boolean, more: boolean): void, end(): void, clear(): void}} Writer */

/** @param {HTMLElement} box @param {HTMLElement} caret @param {boolean} formatted @returns {Writer} */
export function writerFor(box, caret, formatted) {
  return formatted
    ? new Later(import("./formatted.js").then((it) => new it.FormattedText(box, caret)))
    : new PlainText(box, caret);
}

/** Queues calls until its writer has loaded. @implements {Writer} */
class Later {
  /** @type {Writer | undefined} */ #writer;
  /** @type {((writer: Writer) => void)[]} */ #told = [];

  /** @param {Promise<Writer>} coming */
  constructor(coming) {
    coming.then((writer) => {
      this.#writer = writer;
      for (const tell of this.#told.splice(0)) tell(writer);
    });
  }

  /** @param {string} text @param {boolean} fades @param {boolean} more */
  write(text, fades, more) {
    this.#tell((writer) => writer.write(text, fades, more));
  }

  end() {
    this.#tell((writer) => writer.end());
  }

  clear() {
    this.#tell((writer) => writer.clear());
  }

  /** @param {(writer: Writer) => void} step */
  #tell(step) {
    if (this.#writer) step(this.#writer);
    else this.#told.push(step);
  }
}
