// @ts-check
/**
 * Derives a new app's address from its name as it is typed, until the user types an address. Pressing `<button
 * data-free="chat-2">` takes that address.
 *
 *   <sw-address><input name="name"> <input name="slug" hx-get="…" hx-trigger="input changed"></sw-address>
 */
class Address extends HTMLElement {
  connectedCallback() {
    this.#own = Boolean(this.#input("slug")?.value);
    this.addEventListener("input", this.#typed);
    this.addEventListener("click", this.#taken);
  }

  disconnectedCallback() {
    this.removeEventListener("input", this.#typed);
    this.removeEventListener("click", this.#taken);
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
    this.#write(addressOf(name.value));
  };

  #taken = (/** @type {Event} */ event) => {
    const free = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-free]"));
    if (!free) return;
    this.#own = true;
    this.#write(free.dataset.free || "");
    this.#input("slug")?.focus();
  };

  /** @param {string} address */
  #write(address) {
    const slug = this.#input("slug");
    if (!slug) return;
    slug.value = address;
    slug.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

/** @param {string} name @returns {string} lower-case letters, digits and hyphens, at most 50 */
function addressOf(name) {
  const plain = name
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase();
  return plain
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 50)
    .replace(/-+$/, "");
}

customElements.define("sw-address", Address);
