// @ts-check
/**
 * A search field that hides the items that do not contain its words. `/` focuses it, Esc clears it.
 *
 *   <sw-find data-list="apps" data-empty="nothing-found"><input type="search"></sw-find>
 *   <ul id="apps"><li data-find="Juniper">…</li></ul> <p id="nothing-found" hidden>No app has this in its name.</p>
 */
import { action } from "lib/actions";

class Find extends HTMLElement {
  connectedCallback() {
    this.#signal = new AbortController();
    const { signal } = this.#signal;
    this.#input?.addEventListener("input", this.#filter, { signal });
    this.#input?.addEventListener("keydown", this.#leave, { signal });
    // The list may have changed, for example because a row was renamed in another tab.
    document.addEventListener("sw-morphed", this.#filter, { signal });
    this.#filter();
  }

  disconnectedCallback() {
    this.#signal.abort();
  }

  /** @type {AbortController} */
  #signal = new AbortController();

  get #input() {
    return this.querySelector("input");
  }

  #filter = () => {
    const words = (this.#input?.value || "").toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const item of document.querySelectorAll(`#${this.dataset.list} > [data-find]`)) {
      const text = /** @type {HTMLElement} */ (item).dataset.find?.toLowerCase() || "";
      const fits = words.every((word) => text.includes(word));
      item.toggleAttribute("hidden", !fits);
      if (fits) shown += 1;
    }
    const empty = document.getElementById(this.dataset.empty || "");
    if (empty) empty.hidden = shown > 0;
  };

  #leave = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape" || !this.#input) return;
    this.#input.value = "";
    this.#filter();
    this.#input.blur();
  };
}

customElements.define("sw-find", Find);

/** @returns {HTMLInputElement | null} */
const field = () => document.querySelector("sw-find input");
action({
  name: "find",
  label: "Find in the list",
  group: "Anywhere",
  icon: "search",
  keys: ["/"],
  when: field,
  run: () => field()?.focus(),
});
