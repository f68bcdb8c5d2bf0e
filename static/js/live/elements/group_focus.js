// @ts-check
/**
 * <sw-group-focus>: shown beside its anchor while it is not hidden. A press elsewhere, Esc, or Tab out of it hides it.
 *
 *   <sw-group-focus data-el="el_k3x9q2" data-anchor="el_menu01" popover="manual" hidden>…</sw-group-focus>
 */

import { find } from "../patches.js";
import { place } from "./beside.js";

const FOCUSABLE =
  "a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled)";

export class GroupFocus extends HTMLElement {
  static observedAttributes = ["hidden"];
  /** @type {AbortController | null} */ #open = null;
  /** @type {HTMLElement | null} */ #before = null;

  connectedCallback() {
    this.#look();
    this.#tell();
  }

  disconnectedCallback() {
    this.#open?.abort();
    this.#open = null;
  }

  attributeChangedCallback() {
    if (!this.isConnected) return;
    this.#look();
    this.#tell();
  }

  /** Tell its button whether it is open. */
  #tell() {
    if (this.#anchor instanceof HTMLButtonElement) this.#anchor.ariaExpanded = String(!this.hidden);
  }

  /** The element beside which it is shown: in its own cell of a list, else on the page. */
  get #anchor() {
    const { el = "", anchor } = this.dataset;
    if (!anchor) return this.previousElementSibling ?? this.parentElement;
    const path = el.split("@")[1] ?? "";
    return (path && find(`${anchor}@${path}`)) || find(anchor) || this.previousElementSibling;
  }

  #look() {
    if (this.hidden === !this.#open) return;
    if (this.hidden) return this.#end();
    this.#open = new AbortController();
    const { signal } = this.#open;
    this.#before = /** @type {HTMLElement | null} */ (document.activeElement);
    this.showPopover();
    this.#place();
    document.addEventListener("pointerdown", (event) => this.#isOutside(event.target) && this.#close(), {
      capture: true,
      signal,
    });
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.#escape(event), { signal });
    this.addEventListener(
      "focusout",
      ({ relatedTarget }) => relatedTarget && this.#isOutside(relatedTarget) && this.#close(),
      { signal },
    );
    for (const name of ["scroll", "resize"])
      addEventListener(name, () => this.#place(), { capture: true, passive: true, signal });
    /** @type {HTMLElement | null} */ (this.querySelector(FOCUSABLE))?.focus({ preventScroll: true });
  }

  #end() {
    this.#open?.abort();
    this.#open = null;
    const inside = this.contains(document.activeElement);
    if (this.matches(":popover-open")) this.hidePopover();
    if (inside) this.#before?.focus({ preventScroll: true });
  }

  /** Close it, but not what is around it, such as a popup. @param {KeyboardEvent} event */
  #escape(event) {
    if (event.defaultPrevented) return;
    event.preventDefault();
    this.#close();
  }

  /** Close it on the visitor's behalf. */
  #close() {
    this.hidden = true;
    this.dispatchEvent(new Event("sw:closed", { bubbles: true }));
  }

  /** Whether a node is outside both it and its anchor, which handles its own presses.
   * @param {EventTarget | null} node */
  #isOutside(node) {
    return node instanceof Node && !this.contains(node) && !this.#anchor?.contains(node);
  }

  #place() {
    if (this.#anchor) place(this, this.#anchor);
  }
}

customElements.define("sw-group-focus", GroupFocus);
