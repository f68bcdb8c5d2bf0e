// @ts-check
/**
 * The overlay on the page: a thin outline with a name around the hovered element, one around each that a rectangle
 * catches while it is drawn, and a thick one around each selected element. The selected element also has its name, the
 * stream it shows, a bar, and handles if it can be resized.
 *
 *   <sw-outline class="outline"><div class="hover-box" hidden>…</div><div class="sel" hidden>…</div></sw-outline>
 */
import { press } from "design/drag_press";
import { act } from "design/keys";
import { describe, isCovered, place, write } from "design/outline_box";
import { nameOf, pageKey } from "design/rows";
import { moved, onSelect, selected, selection } from "design/selection";
import { fit } from "design/tags";
/** @import { Canvas } from "design/canvas" */

class Outline extends HTMLElement {
  connectedCallback() {
    this.#signal = new AbortController();
    const { signal } = this.#signal;
    const canvas = this.#canvas;
    canvas.addEventListener("sw-hover", (event) => this.#hover(event.detail), { signal });
    canvas.addEventListener("sw-caught", (event) => this.#catch(event.detail), { signal });
    canvas.addEventListener("sw-scrolled", () => this.#later(), { signal });
    canvas.addEventListener("sw-attached", () => canvas.page && this.#watch(canvas.page), { signal });
    canvas.addEventListener("sw-writing", this.#written, { signal });
    document.addEventListener("sw-resized", () => this.#later(), { signal });
    this.addEventListener("pointerdown", this.#pressed, { signal });
    this.addEventListener("click", this.#clicked, { signal });
    document.addEventListener("sw-drawn", this.#drawn, { signal });
    document.addEventListener("sw-ahead", () => (this.#was = ""), { signal });
    onSelect(() => this.#selected(), { signal });
    if (canvas.page?.body?.classList.contains("sw-editing")) this.#watch(canvas.page);
  }

  disconnectedCallback() {
    this.#signal.abort();
    this.#sizes.disconnect();
    cancelAnimationFrame(this.#frame);
  }

  /** @type {AbortController} */
  #signal = new AbortController();
  #frame = 0;
  #under = "";
  /** @type {string[]} */
  #caught = [];
  #was = "";
  #sizes = new ResizeObserver(() => this.#later());

  /** @returns {Canvas} */
  get #canvas() {
    return /** @type {Canvas} */ (this.closest("sw-canvas"));
  }

  /** Images and fonts that load later shift the layout. @param {Document} page */
  #watch(page) {
    this.#sizes.disconnect();
    this.#sizes.observe(page.body);
    this.#was = "";
    this.#selected();
  }

  #written = (/** @type {HTMLElementEventMap["sw-writing"]} */ event) =>
    this.toggleAttribute("data-writing", event.detail);

  /** An element that was moved is scrolled to like a new selection. */
  #drawn = (/** @type {DocumentEventMap["sw-drawn"]} */ event) => {
    if (event.detail.change.select) this.#was = "";
  };

  /** Scroll to a new selection, or an element that was moved; changes by others do not scroll. */
  #selected() {
    const key = selected();
    const element = key === pageKey() || key === this.#was ? null : this.#find(key);
    if (key !== this.#was) this.#was = element ? key : "";
    if (!element) return this.#later();
    element.scrollIntoView({ block: "nearest", inline: "nearest" });
    // It may be covered by something that sticks to the page's edges.
    if (isCovered(element)) element.scrollIntoView({ block: "center" });
    this.#draw();
  }

  /** @param {string} key */
  #hover(key) {
    if (key === this.#under) return;
    this.#under = key;
    this.#later();
  }

  /** @param {string[]} keys */
  #catch(keys) {
    this.#caught = keys;
    this.#later();
  }

  #later() {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#draw());
  }

  /** @param {string} key @returns {HTMLElement | null} */
  #find(key) {
    return key ? this.#canvas.find(key) : null;
  }

  /** @param {string} selector @returns {HTMLElement} */
  #part = (selector) => /** @type {HTMLElement} */ (this.querySelector(selector));

  #draw() {
    const [key, all, box, over] = [selected(), selection(), this.#part(".sel"), this.#part(".hover-box")];
    const hovered = all.includes(this.#under) || this.#caught.length ? null : this.#find(this.#under);
    if (place(over, hovered)) write(over.firstElementChild, nameOf(this.#under));
    this.#drawAround(
      "[data-also]",
      all.filter((each) => each !== key),
    );
    this.#drawAround("[data-caught]", this.#caught);
    if (!place(box, this.#find(key))) return;
    describe(box, key, all.length);
    const { page } = this.#canvas;
    if (page) fit(box, this, page);
  }

  /** Outline each of several elements. @param {string} where the boxes go @param {string[]} keys */
  #drawAround(where, keys) {
    const boxes = this.#part(where);
    while (boxes.children.length < keys.length) boxes.append(document.createElement("div"));
    for (const [at, each] of [...boxes.children].entries())
      place(/** @type {HTMLElement} */ (each), this.#find(keys[at] || ""));
  }

  #pressed = (/** @type {PointerEvent} */ event) => {
    if (!(/** @type {Element} */ (event.target).closest("[data-handle]")) || selected() === pageKey()) return;
    press(event, { moving: moved() });
  };

  #clicked = (/** @type {Event} */ event) => {
    const button = /** @type {Element} */ (event.target).closest(".sel-bar [data-verb]");
    const verb = /** @type {HTMLElement | null} */ (button)?.dataset.verb;
    if (!verb) return;
    /** @type {HTMLElement | null} */ (this.closest(".artboard"))?.focus();
    act(verb);
  };
}

customElements.define("sw-outline", Outline);
