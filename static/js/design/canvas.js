// @ts-check
/**
 * The page in the middle: a same-origin frame without scripts of its own. A press selects the deepest element there,
 * keys go on from the selection. What is drawn over it is <sw-outline>.
 *
 *   <sw-canvas data-url="/apps/juniper/design/pg_ab12cd/"><div class="artboard" tabindex="0"><iframe></iframe>…</div></sw-canvas>
 */
import { morph } from "design/follow";
import { FormattedText } from "live/text/formatted";
import { act } from "design/keys";
import { allRows, childrenOf, keys, parentOf, siblingsOf } from "design/rows";
import { select, selected } from "design/selection";

class Canvas extends HTMLElement {
  connectedCallback() {
    this.#signal = new AbortController();
    const { signal } = this.#signal;
    this.#frame.addEventListener("load", () => this.#attach(), { signal });
    this.#board.addEventListener("keydown", this.#key, { signal });
    this.addEventListener("click", this.#clicked, { signal });
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
    return this.page?.querySelector(`[data-el="${CSS.escape(key)}"]`) || null;
  }

  /** @type {AbortController} */
  #signal = new AbortController();
  /** @type {Document | null} */
  #attached = null;

  get #frame() {
    return /** @type {HTMLIFrameElement} */ (this.querySelector("iframe"));
  }

  get #board() {
    return /** @type {HTMLElement} */ (this.querySelector(".artboard"));
  }

  /** Nothing in the frame takes part: no press, no focus, no drag reaches the page's own controls. */
  #attach() {
    const { page } = this;
    if (!page || page === this.#attached) return;
    this.#attached = page;
    const { signal } = this.#signal;
    for (const name of ["pointerdown", "mousedown", "click", "dragstart", "submit"]) {
      page.addEventListener(name, (event) => event.preventDefault(), { signal, capture: true });
    }
    page.addEventListener("pointerdown", () => this.#board.focus(), { signal });
    page.addEventListener("pointerup", (event) => select(keyAt(event)), { signal });
    page.addEventListener("dblclick", () => this.#enter(), { signal });
    page.addEventListener("pointermove", (event) => this.#hover(keyAt(event)), { signal, passive: true });
    page.addEventListener("pointerleave", () => this.#hover(""), { signal });
    page.addEventListener("scroll", () => this.#tell("sw-scrolled"), { signal, passive: true, capture: true });
    this.#calm();
    this.#tell("sw-attached");
  }

  #drawn = (/** @type {any} */ event) => {
    const html = event.detail?.canvas;
    const main = this.page?.querySelector("main");
    if (!html || !main?.parentElement) return;
    morph(main.parentElement, html);
    this.#calm();
    this.#tell("sw-scrolled");
  };

  /** The keyboard goes past the page's own controls, and Markdown is drawn as visitors see it. */
  #calm() {
    for (const each of this.page?.querySelectorAll("sw-markdown, sw-live-text[data-formatted=yes]") || []) format(each);
    for (const each of this.page?.querySelectorAll("button, input, textarea, select, a") || []) each.setAttribute("tabindex", "-1");
    const empty = /** @type {HTMLElement | null} */ (this.querySelector(".canvas-empty"));
    if (empty) empty.hidden = allRows().length > 1;
  }

  /** @param {string} key */
  #hover(key) {
    this.dispatchEvent(new CustomEvent("sw-hover", { detail: key }));
  }

  /** @param {string} name */
  #tell(name) {
    this.dispatchEvent(new CustomEvent(name));
  }

  /** Into a group; of anything else, its first property. */
  #enter() {
    const [first] = childrenOf(selected());
    if (first) return select(first);
    /** @type {HTMLElement | null} */ (document.querySelector("#panel .words, #panel [data-control] input"))?.focus();
  }

  #clicked = (/** @type {Event} */ event) => {
    const verb = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest(".sel-bar [data-verb]"))?.dataset.verb;
    if (!verb) return;
    this.#board.focus();
    act(verb);
  };

  #key = (/** @type {KeyboardEvent} */ event) => {
    if (event.target === this.#board && this.#navigate(event)) event.preventDefault();
  };

  /** @param {KeyboardEvent} event @returns {boolean} */
  #navigate(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return false;
    const [all, now] = [keys(allRows()), selected()];
    const siblings = siblingsOf(now);
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    let next = "";
    if (event.key === "Tab") next = all[all.indexOf(now) + (event.shiftKey ? -1 : 1)] || "";
    else if (event.key === "Escape") next = parentOf(now);
    else if (step) next = parentOf(now) ? siblings[siblings.indexOf(now) + step] || now : childrenOf(now)[0] || now;
    else if (event.key === "Enter") return this.#enter(), true;
    // At its ends Tab leaves the canvas.
    if (!next) return false;
    select(next);
    return true;
  }
}

/** @param {Element} element */
function format(element) {
  const text = element.textContent || "";
  if (!text || element.firstElementChild?.className === "sw-live") return;
  const box = document.createElement("div");
  box.className = "sw-live";
  const writer = new FormattedText(box, document.createElement("span"));
  writer.write(text, false, false);
  writer.end();
  element.replaceChildren(box);
}

/** @param {Event} event @returns {string} the deepest element at a press */
const keyAt = (event) => /** @type {any} */ (event.target)?.closest?.("[data-el]")?.dataset.el || "";

customElements.define("sw-canvas", Canvas);
