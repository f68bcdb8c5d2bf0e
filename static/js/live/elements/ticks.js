// @ts-check
/**
 * <sw-ticks>: checkboxes as one control. Its value is a JSON list of what is ticked, "" for none.
 *
 *   <sw-ticks data-p="value" data-required><label><input type="checkbox" value="Water"> Water</label>…</sw-ticks>
 */

import { AroundField } from "./around_field.js";

export class Ticks extends AroundField {
  /** @type {string[]} */ #keys = [];
  #watch = new MutationObserver(() => this.#show());

  connectedCallback() {
    if (!this.#keys.length) this.#heard();
    this.#show();
    this.#watch.observe(this, { childList: true, subtree: true });
    this.addEventListener("input", this.#heard);
  }

  disconnectedCallback() {
    this.#watch.disconnect();
    this.removeEventListener("input", this.#heard);
  }

  get value() {
    return this.#keys.length ? JSON.stringify(this.#keys) : "";
  }

  set value(value) {
    this.#keys = value ? JSON.parse(value) : [];
    this.#show();
  }

  get #all() {
    return [...this.querySelectorAll("input")];
  }

  /** Ticked keys that are no longer options are kept, in case they return. */
  #heard = () => {
    const all = this.#all;
    const gone = this.#keys.filter((key) => all.every((each) => each.value !== key));
    this.#keys = [...gone, ...all.filter((each) => each.checked).map((each) => each.value)];
    this.#ask();
  };

  #show() {
    for (const each of this.#all) each.checked = this.#keys.includes(each.value);
    this.#ask();
  }

  /** If something has to be ticked, mark the first one as required until something is. */
  #ask() {
    const [first, ...others] = this.#all;
    if (first) first.required = "required" in this.dataset && ![first, ...others].some((each) => each.checked);
  }
}

customElements.define("sw-ticks", Ticks);
