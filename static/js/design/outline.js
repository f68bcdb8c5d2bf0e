// @ts-check
/**
 * What is drawn over the page: a thin line with a name around what is under the pointer; a line around all that is
 * selected; at the selected element its name, the stream it shows, a bar, and handles where its size means something.
 *
 *   <sw-outline class="outline"><div class="hover-box" hidden>…</div><div class="sel" hidden>…</div></sw-outline>
 */
import { press } from "design/drag_press";
import { act } from "design/keys";
import { nameOf, pageKey, rowOf } from "design/rows";
import { moved, onSelect, selected, selection } from "design/selection";
import { scale } from "design/sizes";
import { fit } from "design/tags";

class Outline extends HTMLElement {
  connectedCallback() {
    this.#signal = new AbortController();
    const { signal } = this.#signal;
    const canvas = this.#canvas;
    canvas.addEventListener("sw-hover", (/** @type {any} */ event) => this.#hover(event.detail), { signal });
    canvas.addEventListener("sw-scrolled", () => this.#later(), { signal });
    canvas.addEventListener("sw-attached", () => this.#watch(canvas.page), { signal });
    canvas.addEventListener("sw-writing", (/** @type {any} */ event) => this.toggleAttribute("data-writing", event.detail), { signal });
    document.addEventListener("sw-resized", () => this.#later(), { signal });
    this.addEventListener("pointerdown", this.#pressed, { signal });
    this.addEventListener("click", this.#clicked, { signal });
    document.addEventListener("sw-drawn", (/** @type {any} */ event) => event.detail.change.select && (this.#was = ""), { signal });
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
  #was = "";
  #sizes = new ResizeObserver(() => this.#later());

  /** @returns {any} */
  get #canvas() {
    return this.closest("sw-canvas");
  }

  /** Pictures and fonts that come later move what is drawn. @param {Document} page */
  #watch(page) {
    this.#sizes.disconnect();
    this.#sizes.observe(page.body);
    this.#was = "";
    this.#selected();
  }

  /** What is selected anew, or was put somewhere, comes into view; what others do is no reason to leave what one reads. */
  #selected() {
    const key = selected();
    const element = key === pageKey() || key === this.#was ? null : this.#find(key);
    if (key !== this.#was) this.#was = element ? key : "";
    element?.scrollIntoView({ block: "nearest", inline: "nearest" });
    // What stays in view at the page's edges may lie over it.
    if (element && isCovered(element)) element.scrollIntoView({ block: "center" });
    this.#draw();
  }

  /** @param {string} key */
  #hover(key) {
    if (key === this.#under) return;
    this.#under = key;
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
    if (place(over, all.includes(this.#under) ? null : this.#find(this.#under))) write(over.firstElementChild, nameOf(this.#under));
    const also = all.filter((each) => each !== key);
    const boxes = this.#part("[data-also]");
    while (boxes.children.length < also.length) boxes.append(document.createElement("div"));
    for (const [at, each] of [...boxes.children].entries()) place(/** @type {HTMLElement} */ (each), this.#find(also[at] || ""));
    if (!place(box, this.#find(key))) return;
    const row = rowOf(key);
    const stream = all.length > 1 ? "" : row?.dataset.stream || "";
    box.toggleAttribute("data-page", key === pageKey());
    for (const at of box.querySelectorAll(".handle")) {
      const sizes = all.length > 1 ? "" : row?.dataset.sizes || "";
      /** @type {HTMLElement} */ (at).hidden = !sizes.includes(/** @type {HTMLElement} */ (at).dataset.at === "s" ? "height" : "width");
    }
    write(box.querySelector("[data-name]"), all.length > 1 ? `${all.length} elements` : nameOf(key));
    write(box.querySelector("[data-stream]"), stream);
    this.#part(".sel-tag-stream").hidden = this.#part("[data-play]").hidden = !stream;
    const icon = row?.querySelector(":scope > .icon use")?.getAttribute("href");
    if (icon) box.querySelector("[data-icon]")?.setAttribute("href", icon);
    fit(box, this, this.#canvas.page);
  }

  /** @param {any} event */
  #pressed = (event) => {
    if (!event.target.closest("[data-handle]") || selected() === pageKey()) return;
    press(event, { moving: moved() });
  };

  #clicked = (/** @type {any} */ event) => {
    const verb = event.target.closest(".sel-bar [data-verb]")?.dataset.verb;
    if (!verb) return;
    /** @type {HTMLElement | null} */ (this.closest(".artboard"))?.focus();
    act(verb);
  };
}

/** @param {HTMLElement} box @param {HTMLElement | null} element @returns {boolean} whether there is something to draw */
function place(box, element) {
  box.hidden = !element;
  if (!element) return false;
  const [{ left, top, width, height }, by] = [element.getBoundingClientRect(), scale()];
  box.style.left = `${left * by}px`;
  box.style.top = `${top * by}px`;
  box.style.width = `${width * by}px`;
  box.style.height = `${height * by}px`;
  return true;
}

/** @param {HTMLElement} element whether something else stands where its middle is */
function isCovered(element) {
  const { left, top, width, height } = element.getBoundingClientRect();
  const at = element.ownerDocument.elementFromPoint(left + width / 2, top + height / 2);
  return at !== null && !element.contains(at) && !at.contains(element);
}

/** @param {Element | null} element @param {string} text */
function write(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

customElements.define("sw-outline", Outline);
