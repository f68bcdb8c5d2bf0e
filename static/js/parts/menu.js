// @ts-check
/**
 * A button and the menu it opens. Arrow keys, Home, End, letters; Esc and a press elsewhere close it.
 *
 *   <sw-menu><button aria-haspopup="menu">…</button><div class="pop menu" popover role="menu"><a role="menuitem">…</a></div></sw-menu>
 */
const GAP = 4;

class Menu extends HTMLElement {
  connectedCallback() {
    this.#signal = new AbortController();
    const { signal } = this.#signal;
    this.#button?.addEventListener("click", this.#toggle, { signal });
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
    return /** @type {HTMLElement[]} */ ([...this.querySelectorAll('[role^="menuitem"]:not([aria-disabled="true"])')]);
  }

  #toggle = () => {
    // @ts-ignore: `source` is newer than the types
    this.#pop?.togglePopover({ source: this.#button });
  };

  #toggled = (/** @type {any} */ event) => {
    const open = event.newState === "open";
    this.#button?.setAttribute("aria-expanded", String(open));
    if (!open) return;
    this.#place();
    (this.#items.find((item) => item.ariaCurrent) || this.#items[0])?.focus();
  };

  #chosen = (/** @type {Event} */ event) => {
    if (/** @type {Element} */ (event.target).closest('[role^="menuitem"]')) this.#pop?.hidePopover();
  };

  /** Under the button, at its end where there is no room; above where there is none below. */
  #place() {
    const [button, pop] = [this.#button, this.#pop];
    if (!button || !pop) return;
    const from = button.getBoundingClientRect();
    const { width, height } = pop.getBoundingClientRect();
    const left = from.left + width > innerWidth - GAP ? from.right - width : from.left;
    const top = from.bottom + GAP + height > innerHeight ? from.top - GAP - height : from.bottom + GAP;
    pop.style.left = `${Math.max(GAP, left)}px`;
    pop.style.top = `${Math.max(GAP, top)}px`;
  }

  #key = (/** @type {KeyboardEvent} */ event) => {
    if (event.target === this.#button) {
      if (event.key === "ArrowDown") this.#toggle();
      else return;
    } else {
      const items = this.#items;
      const at = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
      const to = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[event.key] ?? this.#byLetter(event, at);
      if (to === undefined) return;
      items[to % items.length]?.focus();
    }
    event.preventDefault();
  };

  #byLetter(/** @type {KeyboardEvent} */ event, /** @type {number} */ at) {
    if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey || event.key === " ") return undefined;
    const items = this.#items;
    const order = items.map((_, index) => (at + 1 + index) % items.length);
    return order.find((index) => items[index].textContent?.trim().toLowerCase().startsWith(event.key.toLowerCase()));
  }
}

customElements.define("sw-menu", Menu);
