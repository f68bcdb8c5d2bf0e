// @ts-check
/**
 * The dialog of returned values: adds and removes rows of fields, and pressing a value in a frame makes it a field. The
 * server renders the rows.
 *
 *   <sw-returned data-here="/…/returned/cp_ab12cd/">…
 *     <form id="returned-form">…<tbody id="returned-rows">…</sw-returned>
 */
class Returned extends HTMLElement {
  connectedCallback() {
    this.#signal = new AbortController();
    const { signal } = this.#signal;
    this.addEventListener("click", this.#clicked, { signal });
    this.addEventListener("sw-pick", (event) => this.#use(event.detail.path), { signal });
    this.addEventListener("change", this.#look, { signal });
    this.addEventListener("htmx:afterRequest", this.#leave, { signal });
    const rows = this.querySelector("#returned-rows");
    if (rows) this.#watch.observe(rows, { childList: true });
    this.#count();
  }

  disconnectedCallback() {
    this.#signal.abort();
    this.#watch.disconnect();
    // The element focused before may be gone; continue at Initialize.
    document.getElementById("initialize")?.focus();
  }

  /** @type {AbortController} */
  #signal = new AbortController();
  #watch = new MutationObserver(() => this.#changed());

  get #frames() {
    return this.querySelector("sw-frames");
  }

  /** Redraw what a page sees. */
  #look = () => this.#frames?.refresh?.();

  #clicked = (/** @type {Event} */ event) => {
    const target = /** @type {Element} */ (event.target);
    const on = (/** @type {string} */ selector) => /** @type {HTMLElement | null} */ (target.closest(selector));
    const also = on("[data-add]")?.closest("[data-also]");
    if (on("[data-remove]")) this.#remove(/** @type {HTMLElement} */ (on("[data-field]")));
    else if (also instanceof HTMLElement)
      this.#add({ at_path: also.dataset.also, at_when: also.dataset.when, at_part: also.dataset.part || "" });
    else if (on("[data-become]")) this.#become(/** @type {HTMLElement} */ (on("[data-become]")));
    else if (on("[data-new-field]")) this.#add({});
  };

  /** Some buttons fix the call; the dialog closes once that is saved. */
  #leave = (/** @type {Event} */ event) => {
    if (/** @type {Element} */ (event.target).matches("[data-leaves]")) this.closest("dialog")?.close();
  };

  /** @param {HTMLElement} row */
  #remove(row) {
    const next = row.nextElementSibling || row.previousElementSibling || this;
    row.remove();
    /** @type {HTMLElement | null} */ (next.querySelector("[data-remove], [data-new-field]"))?.focus();
  }

  /** Use a frame's value for the row that still needs one, else for a new row. @param {string} path */
  #use(path) {
    const open = /** @type {HTMLInputElement[]} */ ([
      ...this.querySelectorAll('input[name="path"]:not([type="hidden"])'),
    ]);
    open
      .find((input) => !input.value)
      ?.closest("[data-field]")
      ?.remove();
    this.#add({ at_path: path, at_frame: this.#frames?.n });
  }

  /**
   * Change a saved field as the author chose: another type, or another place. It keeps its id and name.
   * @param {HTMLElement} button
   */
  #become(button) {
    const row = button.closest("[data-field]");
    const values = { ...JSON.parse(button.dataset.become || "{}"), as_name: row && field(row, "name") };
    htmx.ajax("POST", `${this.dataset.here}row/`, { source: "#returned-form", target: row, swap: "outerHTML", values });
  }

  /** @param {object} values what the new row is made from; an empty one still needs a path */
  #add(values) {
    if (!this.querySelector("#returned-rows")) return;
    htmx.ajax("POST", `${this.dataset.here}row/`, {
      source: "#returned-form",
      target: "#returned-rows",
      swap: "beforeend",
      values,
    });
  }

  #changed() {
    const row = this.querySelector("#returned-rows > [data-field]:not([data-known])");
    this.#count();
    this.#look();
    /** @type {HTMLInputElement | null | undefined} */ (row?.querySelector("input[name=name]"))?.select();
    row?.scrollIntoView({ block: "nearest" });
  }

  /** Update the number on the button, and which values can still be added. */
  #count() {
    const rows = [...this.querySelectorAll("[data-field]")];
    const taken = rows.map((row) => key(field(row, "path"), field(row, "when"), field(row, "part")));
    for (const also of /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll("[data-also]"))) {
      also.hidden = taken.includes(key(also.dataset.also || "", also.dataset.when || "", also.dataset.part || ""));
    }
    for (const row of rows) row.toggleAttribute("data-known", true);
    const save = this.querySelector("[data-save]");
    if (save) save.textContent = `Save ${rows.length} field${rows.length === 1 ? "" : "s"}`;
    this.querySelector("[data-no-field]")?.toggleAttribute("hidden", rows.length > 0);
  }
}

/** @param {Element} row @param {string} name */
const field = (row, name) =>
  /** @type {HTMLInputElement | null} */ (row.querySelector(`[name="${name}"]`))?.value || "";

/**
 * A place as a string key; an empty condition counts as none.
 * @param {string} path @param {string} when @param {string} part
 */
function key(path, when, part) {
  const { event = null, match = {} } = (when && JSON.parse(when)) || {};
  return JSON.stringify([part, path, event, Object.entries(match || {}).sort()]);
}

customElements.define("sw-returned", Returned);
