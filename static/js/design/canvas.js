// @ts-check
/**
 * The page in the middle: a same-origin frame without scripts of its own. A press selects the deepest element there,
 * with Shift or Ctrl beside what is selected; a press that moves drags it, from empty ground it draws a rectangle. What is
 * drawn over it is <sw-outline>.
 *
 *   <sw-canvas data-url="/apps/juniper/design/pg_ab12cd/"><div class="artboard" tabindex="0"><iframe></iframe>…</div></sw-canvas>
 */
import { calm } from "design/calm";
import { walk } from "design/canvas_keys";
import { isDragging, press } from "design/drag";
import { isWriting, write } from "design/in_place";
import { marquee } from "design/marquee";
import { isPanning } from "design/pan";
import { Redraw } from "design/redraw";
import { allRows, pageKey, pathTo } from "design/rows";
import { again } from "design/shown";
import { isSelected, moved, select, selectAll, selection } from "design/selection";

class Canvas extends HTMLElement {
  connectedCallback() {
    const { signal } = (this.#signal = new AbortController());
    this.#frame.addEventListener("load", () => this.#attach(), { signal });
    this.#board.addEventListener("keydown", this.#key, { signal });
    this.addEventListener("pointerdown", this.#pressedBeside, { signal });
    document.addEventListener("sw-drawn", this.#drawn, { signal });
    if (this.page?.body?.classList.contains("sw-editing")) this.#attach();
  }

  disconnectedCallback() {
    this.#signal.abort();
  }

  /** The document in the frame. */
  get page() {
    return this.#frame.contentDocument;
  }

  /** @param {string} key @returns {HTMLElement | null} where an element is drawn; the first cell's in a list */
  find(key) {
    this.#found ||= new Map([...(this.page?.querySelectorAll("[data-el]") || [])].reverse().map((each) => [each.getAttribute("data-el") || "", /** @type {any} */ (each)]));
    return this.#found.get(key) || null;
  }

  #signal = new AbortController();
  /** @type {Document | null} */
  #attached = null;
  /** @type {Map<string, HTMLElement> | null} */
  #found = null;
  #drawing = new Redraw("data-el");

  get #frame() {
    return /** @type {HTMLIFrameElement} */ (this.querySelector("iframe"));
  }

  get #board() {
    return /** @type {HTMLElement} */ (this.querySelector(".artboard"));
  }

  /** Nothing in the frame takes part: no press, no focus, no drag reaches the page's own controls. */
  #attach() {
    const { page } = this;
    const main = page?.querySelector("main");
    if (!page || !main || page === this.#attached) return;
    this.#attached = page;
    this.#drawing.begin(main);
    this.dataset.mark = page.body.dataset.mark;
    // It changed while it was on its way.
    if (this.hasAttribute("data-missed")) again();
    const { signal } = this.#signal;
    for (const name of ["pointerdown", "mousedown", "click", "dragstart", "submit"]) {
      page.addEventListener(name, (event) => isWriting(event.target) || event.preventDefault(), { signal, capture: true });
    }
    page.addEventListener("pointerdown", this.#pressed, { signal });
    page.addEventListener("pointerup", this.#released, { signal });
    page.addEventListener("dblclick", (event) => isWriting(event.target) || write(this.#keyAt(event)), { signal });
    page.addEventListener("pointermove", (event) => this.#hover(this.#keyAt(event)), { signal, passive: true });
    page.addEventListener("pointerleave", () => this.#hover(""), { signal });
    page.addEventListener("scroll", () => this.#tell("sw-scrolled"), { signal, passive: true, capture: true });
    this.#settle();
    this.#tell("sw-attached");
  }

  #drawn = (/** @type {any} */ event) => {
    const [main, { mark, pieces }] = [this.#attached?.querySelector("main"), event.detail.canvas];
    this.toggleAttribute("data-missed", !main);
    if (!main) return;
    if (mark !== this.dataset.mark) this.dataset.mark = this.#drawing.draw(main, pieces) ? mark : "";
    this.#settle();
    this.#tell("sw-scrolled");
  };

  #settle() {
    this.#found = null;
    if (this.page) calm(this.page);
    const empty = /** @type {HTMLElement | null} */ (this.querySelector(".canvas-empty"));
    if (empty) empty.hidden = allRows().length > 1;
  }

  /** @param {any} event */
  #pressed = (event) => {
    if (isWriting(event.target)) return;
    // A press shows where one is by what it selects.
    this.#board.toggleAttribute("data-pressed", true);
    this.#board.focus();
    const key = this.#keyAt(event);
    if (isPanning() || event.button !== 0) return;
    if (!key || key === pageKey()) return event.pointerType !== "touch" && marquee(event, (keys) => this.#caught(event, keys));
    const own = pathTo(key).some((each) => each !== pageKey() && isSelected(each));
    press(event, { moving: own ? moved() : [key] });
  };

  /** Beside the page is empty ground, too. @param {any} event */
  #pressedBeside = (event) => {
    if (event.target !== this || event.button !== 0 || event.pointerType === "touch" || isPanning()) return;
    marquee(event, (keys) => this.#caught(event, keys));
  };

  /** @param {PointerEvent} event @param {string[]} keys */
  #caught(event, keys) {
    this.#board.focus();
    selectAll(isAdding(event) ? [...new Set([...selection(), ...keys])].filter((key) => key !== pageKey()) : keys);
  }

  #released = (/** @type {PointerEvent} */ event) => {
    if (isDragging() || isPanning() || isWriting(event.target) || event.button !== 0) return;
    select(this.#keyAt(event), { add: isAdding(event) });
  };

  /** @param {Event} event @returns {string} the deepest element at a press */
  #keyAt = (event) => /** @type {any} */ (event.target)?.closest?.("[data-el]")?.dataset.el || "";

  /** @param {string} key */
  #hover(key) {
    this.dispatchEvent(new CustomEvent("sw-hover", { detail: key }));
  }

  /** @param {string} name */
  #tell = (name) => this.dispatchEvent(new CustomEvent(name));

  #key = (/** @type {KeyboardEvent} */ event) => {
    this.#board.removeAttribute("data-pressed");
    if (event.target === this.#board && walk(event)) event.preventDefault();
  };
}

/** Whether a press is beside what is selected. @param {MouseEvent} event */
const isAdding = (event) => event.shiftKey || event.ctrlKey || event.metaKey;

customElements.define("sw-canvas", Canvas);
