// @ts-check
/**
 * The list of actions for a new step, opened beside the button that was pressed. Type to search, ↑ ↓ choose, Enter
 * adds.
 *
 *   <button data-pick="2">+</button>          where the step goes: an index, or "end"
 *   <sw-picker popover><form hx-post="…"><input name="index"><input name="action"><input name="choice">
 *       <input role="combobox"></form>
 *     <div role="listbox"><div role="option" data-action="call_api">Call an API</div> …
 *       <p hidden>Nothing</p></div></sw-picker>
 */
import { onMorphed } from "lib/morph";
import { placeUnder } from "lib/under";
import { expectFresh, keepFresh } from "parts/fresh";

class Picker extends HTMLElement {
  connectedCallback() {
    this.#signal = new AbortController();
    const { signal } = this.#signal;
    document.addEventListener("click", this.#pressed, { signal });
    signal.addEventListener("abort", onMorphed(keepFresh));
    this.addEventListener("input", () => this.#find(), { signal });
    this.addEventListener("keydown", this.#key, { signal });
    this.addEventListener(
      "click",
      (event) => this.#choose(/** @type {Element} */ (event.target).closest("[data-action]")),
      { signal },
    );
    this.addEventListener(
      "pointermove",
      (event) => this.#mark(/** @type {Element} */ (event.target).closest("[data-action]")),
      { signal },
    );
  }

  disconnectedCallback() {
    this.#signal.abort();
  }

  /** @type {AbortController} */
  #signal = new AbortController();
  /** @type {HTMLElement | null} */
  #opener = null;

  get #input() {
    return /** @type {HTMLInputElement} */ (this.querySelector('[role="combobox"]'));
  }

  get #options() {
    return /** @type {HTMLElement[]} */ ([...this.querySelectorAll("[data-action]:not([hidden])")]);
  }

  #pressed = (/** @type {Event} */ event) => {
    const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-pick]"));
    if (!button) return;
    this.#opener = button;
    this.#field("index").value = button.dataset.pick || "end";
    this.#input.value = "";
    this.showPopover();
    this.#find();
    placeUnder(this, button);
    this.#input.focus();
  };

  #find() {
    const words = this.#input.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const option of /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll("[data-action]"))) {
      const text = `${option.textContent} ${option.parentElement?.firstElementChild?.textContent}`.toLowerCase();
      option.hidden = !words.every((word) => text.includes(word));
    }
    for (const group of /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll('[role="group"]'))) {
      group.hidden = !group.querySelector("[data-action]:not([hidden])");
    }
    const nothing = /** @type {HTMLElement | null} */ (this.querySelector('[role="listbox"] > p'));
    if (nothing) nothing.hidden = this.#options.length > 0;
    this.#mark(this.#options[0] || null, true);
  }

  /** @param {Element | null} option @param {boolean} [always] even if there is none */
  #mark(option, always = false) {
    if (!option && !always) return;
    for (const each of this.querySelectorAll('[aria-selected="true"]')) each.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    this.#input.setAttribute("aria-activedescendant", option?.id || "");
  }

  #key = (/** @type {KeyboardEvent} */ event) => {
    const options = this.#options;
    const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 + options.length }[event.key];
    if (to !== undefined && options.length) {
      this.#mark(options[to % options.length]);
      options[to % options.length].scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter") this.#choose(options[at] || null);
    else if (event.key === "Escape") this.#close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  /** @param {Element | null} option */
  #choose(option) {
    if (!option) return;
    const { action = "", choice = "" } = /** @type {HTMLElement} */ (option).dataset;
    this.#field("action").value = action;
    this.#field("choice").value = choice;
    expectFresh(() => [...document.querySelectorAll(".card-link")].map((card) => card.id.replace("card-", "")));
    this.querySelector("form")?.requestSubmit();
    this.#close();
  }

  #close() {
    this.hidePopover();
    this.#opener?.focus();
  }

  /** @param {string} name @returns {HTMLInputElement} */
  #field(name) {
    return /** @type {HTMLInputElement} */ (this.querySelector(`input[name="${name}"]`));
  }
}

customElements.define("sw-picker", Picker);
