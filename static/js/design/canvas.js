// @ts-check
/**
 * The page in the middle: a same-origin frame without scripts of its own, drawn anew piece by piece. Presses on it are
 * design/canvas_presses, its keys design/canvas_keys; what is drawn over it is <sw-outline>.
 *
 *   <sw-canvas data-url="/apps/juniper/design/pg_ab12cd/">
 *     <div class="artboard" tabindex="0"><iframe></iframe>…</div></sw-canvas>
 */
import { calm } from "design/calm";
import { walk } from "design/canvas_keys";
import { place, takes } from "design/canvas_placing";
import { pressesBeside, pressesOn } from "design/canvas_presses";
import { Redraw } from "design/redraw";
import { allRows } from "design/rows";
import { again } from "design/shown";

class Canvas extends HTMLElement {
  connectedCallback() {
    const { signal } = (this.#signal = new AbortController());
    this.#frame.addEventListener("load", () => this.#attach(), { signal });
    this.#board.addEventListener("keydown", this.#key, { signal });
    pressesBeside(this, signal);
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
    this.#found ||= new Map(
      [...(this.page?.querySelectorAll("[data-el]") || [])]
        .reverse()
        .map((each) => [each.getAttribute("data-el") || "", /** @type {any} */ (each)]),
    );
    return this.#found.get(key) || null;
  }

  /** Whether elements can be put into others, or taken from them, before the server has drawn it.
   * @param {string[]} holders */
  takes(holders) {
    const { drawn } = this.#drawing;
    return Boolean(this.#main && drawn && holders.every((key) => takes(drawn, key)));
  }

  /** @param {import("design/foreseen").Order} order @param {Set<string>} touched */
  place(order, touched) {
    const [main, { drawn }] = [this.#main, this.#drawing];
    if (main && drawn) place(main, drawn, order, touched);
    this.#settle();
    this.#tell("sw-scrolled");
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

  get #main() {
    return this.#attached?.querySelector("main");
  }

  /** To the page that has come into the frame. */
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
    pressesOn(page, this, signal);
    page.addEventListener("scroll", () => this.#tell("sw-scrolled"), { signal, passive: true, capture: true });
    this.#settle();
    this.#tell("sw-attached");
  }

  #drawn = (/** @type {any} */ event) => {
    const [main, { mark, pieces }] = [this.#main, event.detail.canvas];
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

  /** @param {string} name */
  #tell = (name) => this.dispatchEvent(new CustomEvent(name));

  #key = (/** @type {KeyboardEvent} */ event) => {
    this.#board.removeAttribute("data-pressed");
    if (event.target === this.#board && walk(event)) event.preventDefault();
  };
}

customElements.define("sw-canvas", Canvas);
