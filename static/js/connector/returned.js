// @ts-check
/**
 * The dialog of returned values: rows of fields come and go, frames are looked at one by one, and a value that is clicked
 * in a frame becomes a field. The server draws rows and frames; this decides when.
 *
 *   <sw-returned data-here="/…/returned/cp_ab12cd/" data-count="199" data-frame="62">…<form id="returned-form">…</sw-returned>
 */
const SOON = 60;

class Returned extends HTMLElement {
  connectedCallback() {
    this.#signal = new AbortController();
    const { signal } = this.#signal;
    this.addEventListener("click", this.#clicked, { signal });
    this.addEventListener("keydown", this.#key, { signal });
    this.addEventListener("input", this.#moved, { signal });
    this.addEventListener("sw-pick", (/** @type {any} */ event) => this.#use(event.detail.path), { signal });
    this.addEventListener("change", () => this.#show(this.#n), { signal });
    this.#watch.observe(this.querySelector("#returned-rows") || this, { childList: true });
    this.#scroll();
    this.#count();
  }

  disconnectedCallback() {
    this.#signal.abort();
    this.#watch.disconnect();
    clearTimeout(this.#timer);
  }

  /** @type {AbortController} */
  #signal = new AbortController();
  #watch = new MutationObserver(() => this.#changed());
  #timer = 0;

  get #n() {
    return Number(this.dataset.frame);
  }

  #clicked = (/** @type {Event} */ event) => {
    const target = /** @type {Element} */ (event.target);
    const on = (/** @type {string} */ selector) => /** @type {HTMLElement | null} */ (target.closest(selector));
    const [step, frame, also] = [on("[data-step]"), on("[role=option][data-n]"), on("[data-add]")];
    if (on("[data-remove]")) this.#remove(/** @type {HTMLElement} */ (on("[data-field]")));
    else if (step) this.#show(this.#n + Number(step.dataset.step));
    else if (frame) this.#show(Number(frame.dataset.n));
    else if (also) this.#add({ at_path: also.closest("[data-also]")?.dataset.also, at_when: also.closest("[data-also]")?.dataset.when });
    else if (on("[data-goes]")) this.#go(on("[data-goes]")?.dataset.goes || "");
    else if (on("[data-leaves]")) this.closest("dialog")?.close();
  };

  /** Close, and put the focus where the mistake can be mended. @param {string} id */
  #go(id) {
    this.closest("dialog")?.close();
    document.getElementById(id)?.focus();
  }

  /** @param {HTMLElement} row */
  #remove(row) {
    const next = /** @type {HTMLElement | null} */ (row.nextElementSibling || row.previousElementSibling);
    row.remove();
    /** @type {HTMLElement | null} */ ((next || this).querySelector("[data-remove], [data-new-field]"))?.focus();
  }

  /** A value of a frame fills the row that waits for one, else it makes a new row. @param {string} path */
  #use(path) {
    const waiting = [...this.querySelectorAll('input[name="path"]:not([type="hidden"])')].find((input) => !(/** @type {HTMLInputElement} */ (input).value));
    waiting?.closest("[data-field]")?.remove();
    this.#add({ at_path: path, at_frame: this.#n });
  }

  /** @param {object} values what the new row is made of */
  #add(values) {
    // @ts-ignore: htmx is a classic script
    htmx.ajax("POST", `${this.dataset.here}row/`, { source: "#returned-form", target: "#returned-rows", swap: "beforeend", values });
  }

  #key = (/** @type {KeyboardEvent} */ event) => {
    if (!(/** @type {Element} */ (event.target).matches("[role=listbox].frames"))) return;
    const to = { ArrowDown: this.#n + 1, ArrowUp: this.#n - 1, PageDown: this.#n + 10, PageUp: this.#n - 10, Home: 1, End: Number(this.dataset.count) }[event.key];
    if (to === undefined) return;
    this.#show(to);
    event.preventDefault();
  };

  #moved = (/** @type {Event} */ event) => {
    const target = /** @type {HTMLInputElement} */ (event.target);
    if (target.type === "range") this.#show(target.valueAsNumber);
    else if (target.name === "name") this.#show(this.#n);
  };

  /** @param {number} n the frame to look at, from 1 */
  #show(n) {
    const at = Math.max(1, Math.min(n, Number(this.dataset.count)));
    if (!at) return;
    this.dataset.frame = String(at);
    for (const option of this.querySelectorAll("[role=option][data-n]")) option.ariaSelected = String(option.id === `frame-${at}`);
    const range = /** @type {HTMLInputElement | null} */ (this.querySelector("input[type=range]"));
    if (range) range.value = String(at);
    const number = this.querySelector("[data-n]:not([role])");
    if (number) number.textContent = String(at);
    this.#scroll();
    clearTimeout(this.#timer);
    // @ts-ignore: htmx is a classic script
    this.#timer = setTimeout(() => htmx.ajax("POST", `${this.dataset.here}frame/${at}/`, { source: "#returned-form", target: "#frame-view", swap: "innerHTML" }).then(this.#shown), SOON);
  }

  #shown = () => {
    const [here, at] = [this.querySelector(".sees-place"), this.querySelector(".stepper")?.previousElementSibling?.querySelector("[data-at]")];
    if (at && here instanceof HTMLElement) at.textContent = here.dataset.at || "";
  };

  #scroll() {
    const [list, option] = [this.querySelector("[role=listbox].frames"), document.getElementById(`frame-${this.#n}`)];
    if (!list || !option) return;
    list.setAttribute("aria-activedescendant", option.id);
    if (list.clientHeight) list.scrollTop = option.offsetTop - list.clientHeight / 2;
  }

  #changed() {
    this.#count();
    this.#show(this.#n);
    const last = this.querySelector("#returned-rows > :last-child input[name=name]");
    if (last instanceof HTMLInputElement && !last.closest("[data-field]")?.hasAttribute("data-known")) last.select();
  }

  /** The number on the button, and what is left to add. */
  #count() {
    const rows = [...this.querySelectorAll("[data-field]")];
    const paths = rows.map((row) => key(field(row, "path"), field(row, "when")));
    for (const also of /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll("[data-also]"))) {
      also.hidden = paths.includes(key(also.dataset.also || "", also.dataset.when || ""));
    }
    for (const row of rows) row.toggleAttribute("data-known", true);
    const [save, none] = [this.querySelector("[data-save]"), this.querySelector("[data-no-field]")];
    if (save) save.textContent = `Save ${rows.length} field${rows.length === 1 ? "" : "s"}`;
    none?.toggleAttribute("hidden", rows.length > 0);
  }
}

/** @param {Element} row @param {string} name */
const field = (row, name) => /** @type {HTMLInputElement | null} */ (row.querySelector(`[name="${name}"]`))?.value || "";

/** A place as one text: a condition that says nothing is none. @param {string} path @param {string} when */
function key(path, when) {
  const { event = null, match = {} } = when ? JSON.parse(when) || {} : {};
  return JSON.stringify([path, event, Object.entries(match || {}).sort()]);
}

customElements.define("sw-returned", Returned);
