// @ts-check
/**
 * <sw-live-text>: text that is still arriving.
 *
 *     <sw-live-text data-pace="words" data-aloud="sentences" data-caret="yes" data-follow="yes" data-formatted="no"
 *                   data-waiting="Juniper is thinking…" data-failed=""></sw-live-text>
 *
 *     element.state({waiting: true})
 *     element.append("Leaf drop "); element.append("after a move")
 *     element.state({done: true})
 *
 * What is on the page is always a prefix of what was given, and all of it at the end.
 */

import { Reading } from "../text/announce.js";
import { Follow } from "../text/follow.js";
import { Pace } from "../text/pace.js";
import { box } from "../text/plain.js";
import { writerFor } from "../text/writer.js";

const FADING = 3; // texts at once; more do not fade: nobody follows them all, and each word is a layer of its own
/** @type {Set<LiveText>} */ const arriving = new Set();
const STATES = ["failed", "stopped", "done", "streaming", "waiting"];
const CALM = matchMedia("(prefers-reduced-motion: reduce)");

export class LiveText extends HTMLElement {
  static observedAttributes = ["data-waiting", "data-failed"];

  #given = "";
  #state = "never";
  #error = "";
  #box = box("div", "sw-live");
  #note = box("p", "sw-ending");
  #waiting = box("span", "sw-waiting");
  #writer = writerFor(this.#box, box("span", "sw-caret"), false);
  #pace = new Pace((text) => this.#show(text, true), "words", Follow.look.bind(null, this));
  /** @type {Reading | undefined} */ #reading;

  connectedCallback() {
    if (this.#box.isConnected) return;
    const stored = this.#given || this.textContent || "";
    if (this.dataset.formatted === "yes") this.#writer = writerFor(this.#box, box("span", "sw-caret"), true);
    this.replaceChildren(this.#box);
    this.setAttribute("aria-live", "off");
    this.#given = "";
    this.set(stored);
  }

  disconnectedCallback() {
    arriving.delete(this);
    this.#pace.finish();
    this.#reading?.cancel();
  }

  attributeChangedCallback() {
    this.#waiting.textContent = this.dataset.waiting ?? "";
    if (this.#state === "failed") this.#note.textContent = this.#reason;
  }

  /** Set the whole text. One that continues the old text is appended; any other replaces it immediately. */
  set(/** @type {unknown} */ value) {
    const text = String(value ?? "");
    if (text.startsWith(this.#given) && (this.#given || this.#moving))
      return this.append(text.slice(this.#given.length));
    this.#clear();
    this.#given = text;
    if (text) this.#show(text, false);
    if (!this.#moving) this.#writer.end();
  }

  append(/** @type {string} */ text) {
    if (!text) return;
    this.#waiting.remove();
    this.#given += text;
    this.#reading?.push(text);
    this.#pace.by = this.dataset.pace === "once" ? "once" : CALM.matches ? "sentences" : "words";
    this.#pace.push(text);
  }

  /**
   * Set the state of the stream behind the text (S22): at most one is true, none before the first run.
   * @param {Partial<Record<"waiting" | "streaming" | "done" | "failed" | "stopped", boolean>> & {error?: string}} now
   */
  state(now) {
    const before = this.#state;
    this.#state = STATES.find((name) => now[/** @type {"done"} */ (name)]) ?? "never";
    this.#error = now.error || (this.#state === "failed" ? this.#error : "");
    this.dataset.state = this.#state;
    this.setAttribute("aria-busy", String(this.#moving));
    arriving[this.#moving ? "add" : "delete"](this);
    this.attributeChangedCallback();
    if (this.#state === before) return;
    if (this.#state === "waiting") this.#wait();
    if (!this.#moving) return this.#end();
    if (before === "waiting") return;
    this.#note.remove();
    this.#reading?.cancel();
    this.#reading = new Reading(this.dataset.aloud === "end" ? "end" : "sentences");
  }

  get #moving() {
    return this.#state === "waiting" || this.#state === "streaming";
  }

  get #reason() {
    return this.dataset.failed || this.#error || "The answer was cut off.";
  }

  /** Start a new run: keep the space, and show the waiting text where the text will be. */
  #wait() {
    Follow.look(this);
    this.#clear();
    this.toggleAttribute("data-reserved", true);
    this.#box.prepend(this.#waiting);
  }

  #end() {
    this.#waiting.remove();
    this.#pace.finish();
    this.#writer.end();
    const ending = { stopped: "Stopped", failed: this.#reason }[this.#state];
    if (ending) {
      Follow.look(this);
      this.#note.textContent = ending;
      this.#box.after(this.#note);
    } else this.#note.remove();
    const reading = this.#reading;
    this.#reading = undefined;
    if (this.#state === "never") {
      this.toggleAttribute("data-reserved", false);
      return reading?.cancel();
    }
    // The reason may arrive right after the state.
    queueMicrotask(() => reading?.end((ending && this.#note.textContent) || "Answer finished"));
  }

  #show(/** @type {string} */ text, /** @type {boolean} */ isNew) {
    const fades = isNew && this.dataset.pace !== "once" && !CALM.matches && arriving.size <= FADING;
    this.#writer.write(text, fades, this.#moving);
  }

  #clear() {
    this.#pace.clear();
    this.#writer.clear();
    this.#given = "";
  }
}

customElements.define("sw-live-text", LiveText);
