// @ts-check
/**
 * A field that finds options by part of their words, in a list that opens below it, following the ARIA Authoring
 * Practices. Subclasses keep what is chosen.
 *
 *   class Combobox extends Searching {    // <sw-combobox data-p="value"><label>Plant <input role="combobox"></label>
 *     isChosen(key) { … }                 //   <div role="listbox" popover="manual"><sw-choices>
 *     choose(option) { … }                //   <div role="option" data-value="Fig">Fig</div>…</sw-choices></div>
 *     leave() { … }                       //   <p class="sw-nothing" role="status"></p></sw-combobox>
 *   }
 */

import { AroundField } from "./around_field.js";
import { place, stay } from "./beside.js";
import { plain } from "./found.js";

let known = 0;

export class Searching extends AroundField {
  /** @type {HTMLElement | null} */ #active = null;
  #signal = new AbortController();
  #opened = new AbortController();
  #watch = new MutationObserver(() => this.show());

  connectedCallback() {
    this.#signal = new AbortController();
    const [{ signal }, field, list] = [this.#signal, this.field, this.list];
    field.setAttribute("aria-controls", (list.id ||= `sw-list-${++known}`));
    list.setAttribute("aria-label", this.querySelector(".sw-label")?.textContent ?? "");
    field.addEventListener("input", (event) => this.#typed(event), { signal });
    field.addEventListener("change", (event) => event.stopPropagation(), { signal });
    field.addEventListener("keydown", (event) => this.#pressed(event), { signal });
    field.addEventListener("click", () => this.#open(), { signal });
    field.addEventListener("blur", () => this.leave(), { signal });
    // Keep the focus in the field.
    list.addEventListener("pointerdown", (event) => event.preventDefault(), { signal });
    list.addEventListener("click", (event) => this.choose(optionAt(event)), { signal });
    this.#watch.observe(list, { childList: true, subtree: true });
  }

  disconnectedCallback() {
    this.#signal.abort();
    this.#opened.abort();
    this.#watch.disconnect();
  }

  /** Whether the option with this key is chosen. @param {string} _ @returns {boolean} */
  isChosen(_) {
    return false;
  }

  /** Handle the visitor's choice. @param {HTMLElement | null} _ null if Enter was pressed with no active option */
  choose(_) {}

  /** Called when the visitor leaves the field or closes the list. */
  leave() {}

  /** Update after a change of what is chosen, or of the options. */
  show() {
    for (const each of this.options) each.ariaSelected = String(this.isChosen(each.dataset.value ?? ""));
  }

  get list() {
    return /** @type {HTMLElement} */ (this.querySelector("[role=listbox]"));
  }

  get options() {
    return /** @type {HTMLElement[]} */ ([...this.querySelectorAll("[role=option]")]);
  }

  get isOpen() {
    return this.list.matches(":popover-open");
  }

  close() {
    this.#opened.abort();
    if (this.isOpen) this.list.hidePopover();
    this.field.ariaExpanded = "false";
    this.#go(null);
    this.#nothing("");
  }

  /** Show all options again. */
  showAll() {
    for (const each of this.options) each.hidden = false;
  }

  /** Report the visitor's change to the page. */
  tell() {
    for (const name of ["input", "change"]) this.dispatchEvent(new Event(name, { bubbles: true }));
  }

  #open() {
    if (this.isOpen || this.field.disabled) return;
    this.showAll();
    this.list.style.minInlineSize = `${this.field.offsetWidth}px`;
    this.list.showPopover();
    this.field.ariaExpanded = "true";
    this.#opened = stay(this.list, this.field);
    this.#go(this.options.find((each) => each.ariaSelected === "true") ?? null);
  }

  /** @param {HTMLElement | null} option the option that Enter would choose */
  #go(option) {
    this.#active?.removeAttribute("data-active");
    this.#active = option;
    if (!option) return this.field.removeAttribute("aria-activedescendant");
    option.dataset.active = "";
    this.field.setAttribute("aria-activedescendant", (option.id ||= `sw-list-${++known}`));
    option.scrollIntoView({ block: "nearest" });
  }

  #typed(/** @type {Event} */ event) {
    event.stopPropagation();
    this.#open();
    const wanted = plain(this.field.value);
    for (const each of this.options) each.hidden = !plain(each.textContent ?? "").includes(wanted);
    const found = this.options.filter((each) => !each.hidden);
    this.#nothing(found.length ? "" : "Nothing was found.");
    this.#go(wanted ? (found[0] ?? null) : null);
    place(this.list, this.field);
  }

  /** @param {string} words */
  #nothing(words) {
    /** @type {HTMLElement} */ (this.querySelector(".sw-nothing")).textContent = words;
  }

  #pressed(/** @type {KeyboardEvent} */ event) {
    const found = this.options.filter((each) => !each.hidden);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !event.altKey) {
      const isClosed = !this.isOpen;
      this.#open();
      const all = isClosed ? this.options : found;
      const next = this.#active && !isClosed ? all.indexOf(this.#active) + step : step > 0 ? 0 : -1;
      this.#go((isClosed && this.#active) || all.at(next % all.length) || null);
    } else if (event.key === "Enter" && this.isOpen) this.choose(this.#active);
    else if (event.key === "Escape" && this.isOpen) this.leave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

/** @param {Event} event @returns {HTMLElement | null} */
const optionAt = (event) => /** @type {Element} */ (event.target).closest("[role=option]");
