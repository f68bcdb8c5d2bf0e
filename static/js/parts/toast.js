// @ts-check
/**
 * Messages at the lower right, or where they cover no control. They disappear after 6 s, but not while hovered or
 * focused; errors stay until closed.
 *
 *   <sw-toasts id="toasts" class="toasts">
 *     <sw-toast class="toast" [data-stays]>…<button data-close>…</button></sw-toast></sw-toasts>
 */
const SHOWN_FOR = 6000;
// The possible positions, in order of preference.
const PLACES = ["end", "middle", "start", "top"];
const CONTROLS = "button, a[href], input, select, textarea, summary, [role=treeitem], [contenteditable]";

class Toasts extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this.#clicked);
    this.#comings.observe(this, { childList: true });
    this.#settle();
  }

  disconnectedCallback() {
    this.removeEventListener("click", this.#clicked);
    this.#comings.disconnect();
  }

  #comings = new MutationObserver((changes) => changes.some((change) => change.addedNodes.length) && this.#settle());

  /** Place the messages where they cover the fewest controls, so that they do not block what the user is about to
   * press. */
  #settle() {
    if (!this.childElementCount) return;
    const controls = [...document.querySelectorAll(CONTROLS)].filter(
      (each) => !this.contains(each) && each.checkVisibility(),
    );
    const boxes = controls.map((each) => each.getBoundingClientRect());
    const covered = (/** @type {string} */ place) => {
      this.dataset.place = place;
      const own = this.getBoundingClientRect();
      return boxes.filter(
        (box) => box.right > own.left && box.left < own.right && box.bottom > own.top && box.top < own.bottom,
      ).length;
    };
    const counts = PLACES.map(covered);
    this.dataset.place = PLACES[counts.indexOf(Math.min(...counts))];
  }

  #clicked = (/** @type {MouseEvent} */ event) => {
    const target = /** @type {Element} */ (event.target);
    if (target.closest("[data-close]")) target.closest("sw-toast")?.remove();
  };
}

class Toast extends HTMLElement {
  connectedCallback() {
    if (this.hasAttribute("data-stays")) return;
    for (const name of ["pointerenter", "focusin"]) this.addEventListener(name, this.#hold);
    for (const name of ["pointerleave", "focusout"]) this.addEventListener(name, this.#release);
    this.#release();
  }

  disconnectedCallback() {
    this.#hold();
    for (const name of ["pointerenter", "focusin"]) this.removeEventListener(name, this.#hold);
    for (const name of ["pointerleave", "focusout"]) this.removeEventListener(name, this.#release);
  }

  #timer = 0;
  #hold = () => clearTimeout(this.#timer);
  #release = () => {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.remove(), SHOWN_FOR);
  };
}

customElements.define("sw-toasts", Toasts);
customElements.define("sw-toast", Toast);
