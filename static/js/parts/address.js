// @ts-check
/**
 * While a new app gets its name, its address follows, until somebody writes an address of their own.
 *
 *   <sw-address><input name="name"> <input name="slug" hx-get="…" hx-trigger="input changed"></sw-address>
 */
class Address extends HTMLElement {
  connectedCallback() {
    this.#own = Boolean(this.#input("slug")?.value);
    this.addEventListener("input", this.#typed);
  }

  disconnectedCallback() {
    this.removeEventListener("input", this.#typed);
  }

  #own = false;

  /** @param {string} name @returns {HTMLInputElement | null} */
  #input(name) {
    return this.querySelector(`input[name="${name}"]`);
  }

  #typed = (/** @type {Event} */ event) => {
    const [name, slug] = [this.#input("name"), this.#input("slug")];
    if (event.target === slug && event.isTrusted) this.#own = Boolean(slug?.value);
    if (event.target !== name || !name || !slug || this.#own) return;
    slug.value = addressOf(name.value);
    slug.dispatchEvent(new Event("input", { bubbles: true }));
  };
}

/** @param {string} name @returns {string} small letters, digits and hyphens, at most 50 */
function addressOf(name) {
  const plain = name.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 50).replace(/-+$/, "");
}

customElements.define("sw-address", Address);
