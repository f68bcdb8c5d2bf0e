// @ts-check
/**
 * <sw-several>: a field that finds some of many, one after the other. What is chosen stands below it. Its value is the
 * JSON of the list of their keys, "" for none.
 *
 *   <sw-several data-p="value" data-required><label>Plants <input role="combobox"></label>
 *     <ul class="sw-chips"><template><li><span></span><button></button></li></template></ul><p data-told></p>
 *     <div role="listbox" aria-multiselectable="true" popover="manual">…</div></sw-several>
 *
 * In the empty field Backspace takes the last away, and Left goes to what is chosen.
 */

import { Chips } from "./chips.js";
import { Searching } from "./searching.js";

export class Several extends Searching {
  /** @type {string[]} keys in the order they were chosen */ #keys = [];
  /** @type {Chips | null} */ #chips = null;
  #signal = new AbortController();

  connectedCallback() {
    super.connectedCallback();
    this.#signal = new AbortController();
    if (!this.#keys.length) this.#keys = this.options.filter((each) => each.ariaSelected === "true").map(keyOf);
    const box = /** @type {HTMLElement} */ (this.querySelector(".sw-chips"));
    this.#chips = new Chips(box, { remove: (key, words) => this.#remove(key, words), out: () => this.field.focus() });
    this.field.addEventListener("keydown", (event) => this.#toChips(event), { signal: this.#signal.signal });
    this.show();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#signal.abort();
    this.#chips?.end();
  }

  get value() {
    return this.#keys.length ? JSON.stringify(this.#keys) : "";
  }

  set value(value) {
    this.#keys = value ? JSON.parse(value) : [];
    this.show();
  }

  /** @param {string} key */
  isChosen(key) {
    return this.#keys.includes(key);
  }

  /** The list stays open for the next. @param {HTMLElement | null} option */
  choose(option) {
    if (!option) return;
    const [key, words] = [keyOf(option), option.textContent ?? ""];
    if (this.isChosen(key)) this.#remove(key, words);
    else this.#set([...this.#keys, key], `${words} added`);
    this.field.value = "";
    this.showAll();
  }

  leave() {
    this.close();
    this.field.value = "";
  }

  /** What is chosen and can be. */
  get #chosen() {
    return this.#keys.flatMap((key) => this.options.find((each) => keyOf(each) === key) ?? []);
  }

  show() {
    super.show();
    this.field.required = "required" in this.dataset && !this.#chosen.length;
    this.#chips?.draw(this.#chosen.map((each) => [keyOf(each), each.textContent ?? ""]));
  }

  /** @param {string} key @param {string} words */
  #remove(key, words) {
    this.#set(this.#keys.filter((each) => each !== key), `${words} removed`);
  }

  /** By the hand. @param {string[]} keys @param {string} said */
  #set(keys, said) {
    this.#keys = keys;
    this.show();
    const told = /** @type {HTMLElement} */ (this.querySelector("[data-told]"));
    told.textContent = `${said}. ${this.#chosen.length || "None"} chosen.`;
    this.tell();
  }

  #toChips(/** @type {KeyboardEvent} */ event) {
    if (this.field.value) return;
    if (event.key === "Backspace") this.#chips?.removeLast();
    else if (event.key === "ArrowLeft" && this.#chips?.enter()) event.preventDefault();
  }
}

const keyOf = (/** @type {HTMLElement} */ option) => option.dataset.value ?? "";

customElements.define("sw-several", Several);
