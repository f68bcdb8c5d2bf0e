// @ts-check
/**
 * What is drawn over the page: a thin line around what is under the pointer; around the selected element a line, its
 * name, the stream it shows, and a bar.
 *
 *   <sw-outline class="outline"><div class="hover-box" hidden></div><div class="sel" hidden>…</div></sw-outline>
 */
import { nameOf, pageKey, rowOf } from "design/rows";
import { onSelect, selected } from "design/selection";
import { scale } from "design/sizes";

const GAP = 9; // px between what is selected and its tags
const ROOM = 29; // px that the tags need above what is selected

class Outline extends HTMLElement {
  connectedCallback() {
    this.#signal = new AbortController();
    const { signal } = this.#signal;
    const canvas = /** @type {any} */ (this.closest("sw-canvas"));
    canvas.addEventListener("sw-hover", (/** @type {any} */ event) => this.#hover(event.detail), { signal });
    canvas.addEventListener("sw-scrolled", () => this.#later(), { signal });
    canvas.addEventListener("sw-attached", () => this.#watch(canvas.page), { signal });
    document.addEventListener("sw-resized", () => this.#later(), { signal });
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
  #sizes = new ResizeObserver(() => this.#later());

  /** Pictures and fonts that come later move what is drawn. @param {Document} page */
  #watch(page) {
    this.#sizes.disconnect();
    this.#sizes.observe(page.body);
    this.#selected();
  }

  #selected() {
    const key = selected();
    const element = key === pageKey() ? null : this.#find(key);
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
    return key ? /** @type {any} */ (this.closest("sw-canvas")).find(key) : null;
  }

  #draw() {
    const key = selected();
    const [box, over] = [/** @type {HTMLElement} */ (this.querySelector(".sel")), /** @type {HTMLElement} */ (this.querySelector(".hover-box"))];
    this.#place(over, this.#under === key ? null : this.#find(this.#under));
    if (!this.#place(box, this.#find(key))) return;
    const row = rowOf(key);
    const stream = row?.dataset.stream || "";
    box.toggleAttribute("data-page", key === pageKey());
    write(box.querySelector("[data-name]"), nameOf(key));
    write(box.querySelector("[data-stream]"), stream);
    /** @type {HTMLElement} */ (box.querySelector(".sel-tag-stream")).hidden = !stream;
    const icon = row?.querySelector(":scope > .icon use")?.getAttribute("href");
    if (icon) box.querySelector("[data-icon]")?.setAttribute("href", icon);
    this.#fit(box);
  }

  /** @param {HTMLElement} box @param {HTMLElement | null} element @returns {boolean} whether there is something to draw */
  #place(box, element) {
    box.hidden = !element;
    if (!element) return false;
    const [{ left, top, width, height }, by] = [element.getBoundingClientRect(), scale()];
    box.style.left = `${left * by}px`;
    box.style.top = `${top * by}px`;
    box.style.width = `${width * by}px`;
    box.style.height = `${height * by}px`;
    return true;
  }

  /** Tags and bar stand above and cover nothing of it: at the top of the page over its name. Where they would lie over
   * another element and below is nothing, they stand below. Never beyond the right edge. @param {HTMLElement} box */
  #fit(box) {
    const line = /** @type {HTMLElement} */ (box.querySelector(".sel-line"));
    const beyond = box.offsetLeft - 4 + line.offsetWidth - this.clientWidth;
    const before = 4 - box.offsetLeft;
    box.toggleAttribute("data-below", this.#covers(box, line, -GAP - line.offsetHeight) && !this.#covers(box, line, box.offsetHeight + GAP));
    const below = box.hasAttribute("data-below");
    line.style.translate = `${beyond > 0 ? -beyond : Math.max(0, before)}px ${below ? 0 : Math.max(0, -box.offsetTop)}px`;
    this.closest(".board")?.toggleAttribute("data-tagged", box.offsetTop < ROOM && !below && !box.hasAttribute("data-page"));
  }

  /** Whether the tags would lie over another element, or beyond the page's foot. @param {HTMLElement} box
   * @param {HTMLElement} line @param {number} from px between the top of the box and theirs */
  #covers(box, line, from) {
    const [by, top] = [scale(), box.offsetTop + from];
    if (top + line.offsetHeight > this.clientHeight) return true;
    const left = box.offsetLeft - 4;
    return [.../** @type {any} */ (this.closest("sw-canvas")).page.querySelectorAll("[data-el]:not(:has([data-el]))")].some((each) => {
      const at = each.getBoundingClientRect();
      const beside = at.right * by <= left || at.left * by >= left + line.offsetWidth;
      return each.dataset.el !== selected() && !beside && at.bottom * by > top && at.top * by < top + line.offsetHeight;
    });
  }
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
