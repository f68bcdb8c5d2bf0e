// @ts-check
/**
 * The path to the selected element, from the page down; a click selects one of its ancestors.
 *
 *   <sw-crumbs class="crumbs" role="navigation" aria-label="Selected element"></sw-crumbs>
 */
import { nameOf, pathTo } from "design/rows";
import { onSelect, select, selected } from "design/selection";

class Crumbs extends HTMLElement {
  connectedCallback() {
    this.#signal = new AbortController();
    const { signal } = this.#signal;
    this.addEventListener("click", this.#clicked, { signal });
    onSelect(() => this.#show(), { signal });
    document.addEventListener("sw-drawn", () => this.#show(), { signal });
    this.#show();
  }

  disconnectedCallback() {
    this.#signal.abort();
  }

  /** @type {AbortController} */
  #signal = new AbortController();

  #show() {
    const path = pathTo(selected());
    this.replaceChildren(
      ...path.flatMap((key, index) =>
        index ? [slash(), crumb(key, path.length - 1 === index)] : [crumb(key, path.length === 1)],
      ),
    );
  }

  #clicked = (/** @type {Event} */ event) => {
    const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("button"));
    if (button) select(button.dataset.node || "");
  };
}

/** @param {string} key @param {boolean} isLast */
function crumb(key, isLast) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "crumb";
  button.dataset.node = key;
  button.textContent = nameOf(key);
  if (isLast) button.ariaCurrent = "true";
  return button;
}

function slash() {
  const sign = document.createElement("span");
  sign.className = "ink-3";
  sign.ariaHidden = "true";
  sign.textContent = "›";
  return sign;
}

customElements.define("sw-crumbs", Crumbs);
