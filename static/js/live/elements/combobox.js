// @ts-check
/**
 * <sw-combobox>: a field that finds one of many by a part of its words, as the ARIA Authoring Practices say. Its value is
 * the key of what is chosen; what is typed only searches.
 *
 *   <sw-combobox data-p="value"><label>Plant <input role="combobox"></label>
 *     <div role="listbox" popover="manual"><div role="option" data-value="Fig">Fig</div>…</div></sw-combobox>
 */

import { AroundField } from "./around_field.js";
import { place, stay } from "./beside.js";
import { named, plain } from "./found.js";

let known = 0;

export class Combobox extends AroundField {
  #value = "";
  /** @type {HTMLElement | null} */ #active = null;
  #signal = new AbortController();
  #opened = new AbortController();
  #watch = new MutationObserver(() => this.#show());

  connectedCallback() {
    this.#signal = new AbortController();
    const { signal } = this.#signal;
    const [field, list] = [this.field, this.#list];
    field.setAttribute("aria-controls", (list.id ||= `sw-list-${++known}`));
    list.setAttribute("aria-label", this.querySelector(".sw-label")?.textContent ?? "");
    this.#value ||= this.#options.find((each) => each.ariaSelected === "true")?.dataset.value ?? "";
    field.addEventListener("input", (event) => this.#typed(event), { signal });
    field.addEventListener("change", (event) => event.stopPropagation(), { signal });
    field.addEventListener("keydown", (event) => this.#pressed(event), { signal });
    field.addEventListener("click", () => this.#open(), { signal });
    field.addEventListener("blur", () => this.#left(), { signal });
    // The focus stays in the field.
    list.addEventListener("pointerdown", (event) => event.preventDefault(), { signal });
    list.addEventListener("click", (event) => this.#choose(/** @type {Element} */ (event.target).closest("[role=option]")), { signal });
    this.#watch.observe(list, { childList: true, subtree: true });
  }

  disconnectedCallback() {
    this.#signal.abort();
    this.#opened.abort();
    this.#watch.disconnect();
  }

  get value() {
    return this.#value;
  }

  set value(value) {
    this.#value = value;
    this.#show();
  }

  get #list() {
    return /** @type {HTMLElement} */ (this.querySelector("[role=listbox]"));
  }

  get #options() {
    return /** @type {HTMLElement[]} */ ([...this.querySelectorAll("[role=option]")]);
  }

  get #isOpen() {
    return this.#list.matches(":popover-open");
  }

  /** The words of what is chosen, unless the hand is at it. */
  #show() {
    for (const each of this.#options) each.ariaSelected = String(each.dataset.value === this.#value);
    if (this.#isOpen) return;
    this.field.value = this.#options.find((each) => each.ariaSelected === "true")?.textContent ?? "";
  }

  #open() {
    if (this.#isOpen || this.field.disabled) return;
    for (const each of this.#options) each.hidden = false;
    this.#list.style.minInlineSize = `${this.field.offsetWidth}px`;
    this.#list.showPopover();
    this.field.ariaExpanded = "true";
    this.#opened = stay(this.#list, this.field);
    this.#go(this.#options.find((each) => each.ariaSelected === "true") ?? null);
  }

  #close() {
    this.#opened.abort();
    if (this.#isOpen) this.#list.hidePopover();
    this.field.ariaExpanded = "false";
    this.#go(null);
    /** @type {HTMLElement} */ (this.querySelector(".sw-nothing")).textContent = "";
  }

  /** @param {HTMLElement | null} option the one that Enter would choose */
  #go(option) {
    this.#active?.removeAttribute("data-active");
    this.#active = option;
    if (!option) return this.field.removeAttribute("aria-activedescendant");
    option.dataset.active = "";
    this.field.setAttribute("aria-activedescendant", (option.id ||= `sw-option-${++known}`));
    option.scrollIntoView({ block: "nearest" });
  }

  #typed(/** @type {Event} */ event) {
    event.stopPropagation();
    this.#open();
    const wanted = plain(this.field.value);
    for (const each of this.#options) each.hidden = !plain(each.textContent ?? "").includes(wanted);
    const found = this.#options.filter((each) => !each.hidden);
    /** @type {HTMLElement} */ (this.querySelector(".sw-nothing")).textContent = found.length ? "" : "Nothing like this was found.";
    this.#go(wanted ? (found[0] ?? null) : null);
    place(this.#list, this.field);
  }

  #pressed(/** @type {KeyboardEvent} */ event) {
    const found = this.#options.filter((each) => !each.hidden);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !event.altKey) {
      const isClosed = !this.#isOpen;
      this.#open();
      const all = isClosed ? this.#options : found;
      const next = this.#active && !isClosed ? all.indexOf(this.#active) + step : step > 0 ? 0 : -1;
      this.#go((isClosed && this.#active) || all.at(next % all.length) || null);
    } else if (event.key === "Enter" && this.#isOpen) this.#choose(this.#active);
    else if (event.key === "Escape" && this.#isOpen) this.#left();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {Element | null} option */
  #choose(option) {
    if (option) this.#set(/** @type {HTMLElement} */ (option).dataset.value ?? "");
  }

  /** What was typed is what it names, nothing where it is empty, else what it was before. */
  #left() {
    const typed = this.field.value.trim();
    this.#set(typed ? (named(this.#options, typed, this.#value)?.dataset.value ?? this.#value) : "");
  }

  /** By the hand. @param {string} value */
  #set(value) {
    this.#close();
    const isOther = value !== this.#value;
    this.value = value;
    for (const name of isOther ? ["input", "change"] : []) this.dispatchEvent(new Event(name, { bubbles: true }));
  }
}

customElements.define("sw-combobox", Combobox);
