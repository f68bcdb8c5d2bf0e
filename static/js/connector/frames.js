// @ts-check
/**
 * The frames of a capture, looked at one by one: in the list, by the buttons, or along the time they came in. The server
 * draws the frame, for the fields as they stand in the form.
 *
 *   <sw-frames data-here="/…/cp_ab12cd/" data-times="12 80 95" data-frame="2">… <input type="range"> <ol role="listbox">…
 *     <div id="frame-view">…</div></sw-frames>
 */
const SOON = 60;

class Frames extends HTMLElement {
  connectedCallback() {
    this.#signal = new AbortController();
    const { signal } = this.#signal;
    this.#times = (this.dataset.times || "").split(" ").map(Number);
    this.addEventListener("click", this.#clicked, { signal });
    this.addEventListener("keydown", this.#key, { signal });
    this.#range?.addEventListener("input", this.#slid, { signal });
    this.#mark();
  }

  disconnectedCallback() {
    this.#signal.abort();
    clearTimeout(this.#timer);
  }

  /** Look at a frame, from 1. @param {number} n */
  show(n) {
    this.dataset.frame = String(Math.max(1, Math.min(n, this.#times.length)));
    this.#mark();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#fetch, SOON);
  }

  /** The frame that is looked at. */
  get n() {
    return Number(this.dataset.frame);
  }

  /** @type {AbortController} */
  #signal = new AbortController();
  /** @type {number[]} milliseconds */
  #times = [];
  #timer = 0;

  get #range() {
    return /** @type {HTMLInputElement | null} */ (this.querySelector("input[type=range]"));
  }

  get #list() {
    return this.querySelector("[role=listbox]");
  }

  #fetch = () => {
    // @ts-ignore: htmx is a classic script
    htmx.ajax("POST", `${this.dataset.here}frame/${this.n}/`, { source: "#returned-form", target: "#frame-view", swap: "innerHTML" });
  };

  #clicked = (/** @type {Event} */ event) => {
    const target = /** @type {Element} */ (event.target);
    const [step, frame] = [target.closest("[data-step]"), target.closest("[role=option]")];
    if (step) this.show(this.n + Number(step.getAttribute("data-step")));
    else if (frame) this.show(Number(frame.getAttribute("data-n")));
  };

  #key = (/** @type {KeyboardEvent} */ event) => {
    const list = event.target === this.#list;
    if (!list && event.target !== this.#range) return;
    const on = { ArrowDown: list ? 1 : -1, ArrowUp: list ? -1 : 1, ArrowRight: 1, ArrowLeft: -1, PageDown: list ? 10 : -10, PageUp: list ? -10 : 10 }[event.key];
    const to = { Home: 1, End: this.#times.length }[event.key] ?? (on && this.n + on);
    if (to === undefined) return;
    this.show(to);
    event.preventDefault();
  };

  /** The slider goes along the time; the frame is the newest that had come by then. */
  #slid = () => {
    const at = this.#range?.valueAsNumber || 0;
    const later = this.#times.findIndex((time) => time > at);
    this.show(later < 0 ? this.#times.length : later);
  };

  /** The frame is marked wherever it is shown. */
  #mark() {
    const { n } = this;
    const [at, range, list] = [this.#times[n - 1] || 0, this.#range, this.#list];
    const words = `${(at / 1000).toFixed(2)} s`;
    for (const option of this.querySelectorAll("[role=option]")) option.ariaSelected = String(option.id === `frame-${n}`);
    for (const [place, text] of [["[data-n]:not([role])", String(n)], ["[data-at]", words]]) {
      const shown = this.querySelector(place);
      if (shown) shown.textContent = text;
    }
    if (range) {
      range.value = String(at);
      range.ariaValueText = `Frame ${n} of ${this.#times.length}, ${words}`;
    }
    const option = /** @type {HTMLElement | null} */ (this.querySelector(`#frame-${n}`));
    if (!list || !option) return;
    list.setAttribute("aria-activedescendant", option.id);
    if (list.clientHeight) list.scrollTop = option.offsetTop - list.clientHeight / 2;
  }
}

customElements.define("sw-frames", Frames);
