// @ts-check
/**
 * A dropdown with an icon and a line about each option. Arrow keys, Home, End and first letters move; Enter or Space
 * choose, Esc closes.
 *
 *   <sw-choose><input type="hidden" name="type" value="text"><button aria-haspopup="listbox">…</button>
 *     <div popover role="listbox"><div role="option" data-value="text" aria-selected="true">…</div>…</div></sw-choose>
 */
import { indexByLetter, indexFor } from "lib/list_keys";
import { placeUnder } from "lib/under";

class Choose extends HTMLElement {
  connectedCallback() {
    this.#signal = new AbortController();
    const { signal } = this.#signal;
    this.#button?.addEventListener("click", this.#open, { signal });
    this.#button?.addEventListener("keydown", this.#openByKey, { signal });
    this.#pop?.addEventListener("toggle", this.#toggled, { signal });
    this.#pop?.addEventListener("click", this.#clicked, { signal });
    this.#pop?.addEventListener("keydown", this.#key, { signal });
  }

  disconnectedCallback() {
    this.#signal.abort();
  }

  /** @type {AbortController} */
  #signal = new AbortController();

  get #button() {
    return this.querySelector("button");
  }

  get #pop() {
    return /** @type {HTMLElement | null} */ (this.querySelector("[popover]"));
  }

  get #options() {
    return /** @type {HTMLElement[]} */ ([...this.querySelectorAll('[role="option"]')]);
  }

  #open = () => this.#pop?.togglePopover();

  #openByKey = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    this.#pop?.showPopover();
    this.#enter(); // the toggle event may arrive after the next key
    event.preventDefault();
  };

  #toggled = (/** @type {ToggleEvent} */ event) => {
    const open = event.newState === "open";
    this.#button?.setAttribute("aria-expanded", String(open));
    if (open) this.#enter();
  };

  #enter() {
    if (this.#pop && this.#button) placeUnder(this.#pop, this.#button);
    if (this.#pop?.contains(document.activeElement)) return;
    (this.#options.find((option) => option.ariaSelected === "true") || this.#options[0])?.focus();
  }

  #clicked = (/** @type {Event} */ event) => {
    const option = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest('[role="option"]'));
    if (option) this.#choose(option);
  };

  #key = (/** @type {KeyboardEvent} */ event) => {
    const options = this.#options;
    const at = options.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const to = indexFor(event.key, at, options.length) ?? indexByLetter(event, at, options);
    if (to !== undefined) options[to]?.focus();
    else if (event.key === "Enter" || event.key === " ") this.#choose(options[at]);
    else if (event.key === "Tab") return this.#pop?.hidePopover();
    else return;
    event.preventDefault();
  };

  /** @param {HTMLElement} chosen */
  #choose(chosen) {
    const [input, button] = [this.querySelector("input"), this.#button];
    for (const option of this.#options) option.ariaSelected = String(option === chosen);
    if (input) input.value = chosen.dataset.value || "";
    const mark = chosen.querySelector(".type")?.cloneNode(true);
    const name = document.createElement("span");
    name.textContent = chosen.querySelector("b")?.textContent || "";
    const arrows = button?.querySelector(":scope > .icon");
    if (mark && arrows) button?.replaceChildren(mark, name, arrows);
    this.#pop?.hidePopover();
    button?.focus();
    this.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

customElements.define("sw-choose", Choose);
