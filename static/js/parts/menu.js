// @ts-check
/**
 * A button and the menu it opens. Arrow keys, Home, End, letters; Esc and a press elsewhere close it. An item with
 * `data-if-possible` is shown only while its action is possible.
 *
 *   <sw-menu><button aria-haspopup="menu">…</button>
 *     <div class="pop menu" popover role="menu"><a role="menuitem">…</a></div></sw-menu>
 */
import { actionOf, isPossible } from "lib/actions";
import { indexByLetter, indexFor } from "lib/list_keys";
import { placeUnder } from "lib/under";

class Menu extends HTMLElement {
  connectedCallback() {
    this.#signal = new AbortController();
    const { signal } = this.#signal;
    this.#button?.addEventListener("click", this.#toggle, { signal });
    this.#pop?.addEventListener("beforetoggle", this.#sorted, { signal });
    this.#pop?.addEventListener("toggle", this.#toggled, { signal });
    this.#pop?.addEventListener("click", this.#chosen, { signal });
    this.addEventListener("keydown", this.#key, { signal });
    this.#button?.setAttribute("aria-expanded", "false");
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

  get #items() {
    return /** @type {HTMLElement[]} */ ([
      ...this.querySelectorAll('[role^="menuitem"]:not([aria-disabled="true"], [hidden])'),
    ]);
  }

  #toggle = () => {
    this.#pop?.togglePopover({ source: this.#button ?? undefined });
  };

  #sorted = () => {
    for (const item of /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll("[data-if-possible]")))
      item.hidden = !isPossible(actionOf(item.dataset.action || ""));
  };

  #toggled = (/** @type {ToggleEvent} */ event) => {
    const open = event.newState === "open";
    this.#button?.setAttribute("aria-expanded", String(open));
    if (!open || !this.#pop || !this.#button) return;
    placeUnder(this.#pop, this.#button);
    (this.#items.find((item) => item.ariaCurrent) || this.#items[0])?.focus();
  };

  #chosen = (/** @type {Event} */ event) => {
    if (/** @type {Element} */ (event.target).closest('[role^="menuitem"]')) this.#pop?.hidePopover();
  };

  #key = (/** @type {KeyboardEvent} */ event) => {
    if (event.target === this.#button) {
      if (event.key === "ArrowDown") this.#toggle();
      else return;
    } else {
      const items = this.#items;
      const at = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
      const to = indexFor(event.key, at, items.length, true) ?? indexByLetter(event, at, items);
      if (to === undefined) return;
      items[to]?.focus();
    }
    event.preventDefault();
  };
}

customElements.define("sw-menu", Menu);
