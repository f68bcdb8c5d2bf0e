// @ts-check
/**
 * <sw-markdown>: formatted text, stored or arriving, with the same renderer.
 *
 *     <sw-markdown>**Water** when the top 5 cm are dry.</sw-markdown>
 *
 *     element.set("# Watering"); element.append("\n\nNot yet")
 *     element.state({done: true})
 *
 * Finished blocks are never redrawn, and the text cannot produce HTML, images or scripts (P26).
 */

import { FormattedText } from "../text/formatted.js";
import { Pace } from "../text/pace.js";

export class Markdown extends HTMLElement {
  #given = "";
  #moving = false;
  #box = document.createElement("div");
  #writer = new FormattedText(this.#box, document.createElement("span"));
  // Not for its pace: it combines what arrives within a frame into one write.
  #pace = new Pace((text) => this.#writer.write(text, false, this.#moving), "once");

  connectedCallback() {
    if (this.#box.isConnected) return;
    const stored = this.#given || this.textContent || "";
    this.#box.className = "sw-live";
    this.replaceChildren(this.#box);
    this.#given = "";
    this.set(stored);
  }

  disconnectedCallback() {
    this.#pace.finish();
  }

  /** All of the text given so far. */
  get text() {
    return this.#given;
  }

  /** Set the whole text. One that continues the old text is appended; any other replaces it. */
  set(/** @type {unknown} */ value) {
    const text = String(value ?? "");
    if (this.#given && text.startsWith(this.#given)) return this.append(text.slice(this.#given.length));
    this.#pace.clear();
    this.#writer.clear();
    this.#given = text;
    if (text) this.#writer.write(text, false, this.#moving);
    if (!this.#moving) this.#writer.end();
  }

  append(/** @type {string} */ text) {
    this.#given += text;
    this.#pace.push(text);
  }

  /** Set the state of the stream behind the text (S22). @param {{waiting?: boolean, streaming?: boolean}} now */
  state(now) {
    this.#moving = Boolean(now.waiting || now.streaming);
    this.setAttribute("aria-busy", String(this.#moving));
    if (this.#moving) return;
    this.#pace.finish();
    this.#writer.end();
  }
}

customElements.define("sw-markdown", Markdown);
