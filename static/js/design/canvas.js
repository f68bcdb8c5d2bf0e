// @ts-check
/**
 * The page in the middle: a same-origin frame that runs no scripts, redrawn piece by piece. Its pointer events are
 * handled by design/canvas_presses, its keys by design/canvas_keys; <sw-outline> draws over it.
 *
 *   <sw-canvas data-url="/apps/juniper/design/pg_ab12cd/">
 *     <div class="artboard" tabindex="0"><iframe></iframe>…</div></sw-canvas>
 */
import { isIdle } from "lib/actions";
import { calm } from "design/calm";
import { walk } from "design/canvas_keys";
import { wearIn } from "design/canvas_lengths";
import { place, takes } from "design/canvas_placing";
import { pressesBeside, pressesOn } from "design/canvas_presses";
import { Redraw } from "design/redraw";
import { allRows } from "design/rows";
import { again } from "design/shown";

export class Canvas extends HTMLElement {
  connectedCallback() {
    const { signal } = (this.#signal = new AbortController());
    this.#frame.addEventListener("load", () => this.#attach(), { signal });
    this.#board.addEventListener("keydown", this.#key, { signal });
    document.addEventListener("keydown", this.#idle, { signal });
    pressesBeside(this, signal);
    document.addEventListener("sw-drawn", this.#drawn, { signal });
    if (this.page?.body?.classList.contains("sw-editing")) this.#attach();
  }

  disconnectedCallback() {
    this.#signal.abort();
  }

  /** The document in the frame. @returns {Document | null} */
  get page() {
    return this.#frame.contentDocument;
  }

  /** @param {string} key @returns {HTMLElement | null} an element's node; in a list, that of the first cell */
  find(key) {
    this.#found ||= new Map(
      [...(this.page?.querySelectorAll("[data-el]") || [])]
        .reverse()
        .map((each) => [each.getAttribute("data-el") || "", /** @type {any} */ (each)]),
    );
    return this.#found.get(key) || null;
  }

  /** @param {string} key @param {string} prop @returns {string} its text as the server last drew it */
  drawnWords(key, prop) {
    const own = this.#drawing.drawn?.querySelector(`[data-el="${CSS.escape(key)}"]`);
    const box = own?.matches(`[data-p="${prop}"]`) ? own : own?.querySelector(`[data-p="${prop}"]`);
    return box?.textContent || "";
  }

  /** Whether children of these containers can be moved before the server has drawn that. @param {string[]} holders */
  takes(holders) {
    const { drawn } = this.#drawing;
    return Boolean(this.#main && drawn && holders.every((key) => takes(drawn, key)));
  }

  /** @param {import("design/foreseen").Order} order @param {import("design/foreseen").Order} served
   * @param {import("design/copies").Copies} copies */
  place(order, served, copies) {
    const [main, { drawn }] = [this.#main, this.#drawing];
    if (main && drawn) place(main, drawn, order, served, copies);
    this.#settle();
    this.#tell("sw-scrolled");
  }

  /** @param {import("design/lengths").Lengths} lengths ahead of the server */
  wear(lengths) {
    if (this.#main && wearIn(this.#main, lengths)) this.#tell("sw-scrolled");
  }

  #signal = new AbortController();
  /** @type {Document | null} */
  #attached = null;
  /** @type {Map<string, HTMLElement> | null} */
  #found = null;
  #drawing = new Redraw("data-el");

  /** @returns {HTMLIFrameElement} */
  get #frame() {
    return /** @type {HTMLIFrameElement} */ (this.querySelector("iframe"));
  }

  /** @returns {HTMLElement} */
  get #board() {
    return /** @type {HTMLElement} */ (this.querySelector(".artboard"));
  }

  get #main() {
    return this.#attached?.querySelector("main");
  }

  /** Attach to the page that was loaded into the frame. */
  #attach() {
    const { page } = this;
    const main = page?.querySelector("main");
    if (!page || !main || page === this.#attached) return;
    this.#attached = page;
    this.#drawing.begin(main);
    this.dataset.mark = page.body.dataset.mark;
    // It changed while it was loading.
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

  /** After Enter in a field nothing is focused: Tab continues from there, other keys apply to the selection. */
  #idle = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Tab" || !isIdle(event) || !walk(event)) return;
    event.preventDefault();
    this.#board.focus();
  };
}

customElements.define("sw-canvas", Canvas);
