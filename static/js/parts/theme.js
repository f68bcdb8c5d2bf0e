// @ts-check
/**
 * The choice between light, dark and the system's theme. Kept in a cookie, so that the server renders the page with it.
 *
 *   <sw-theme><button role="menuitemradio" data-theme-choice="dark" aria-checked="false">Dark</button>…</sw-theme>
 */
const YEAR = 31536000;

class Theme extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this.#chosen);
    this.#show();
  }

  disconnectedCallback() {
    this.removeEventListener("click", this.#chosen);
  }

  #chosen = (/** @type {Event} */ event) => {
    const button = /** @type {HTMLElement | null} */ (
      /** @type {Element} */ (event.target).closest("[data-theme-choice]")
    );
    const theme = button?.dataset.themeChoice;
    if (!theme) return;
    // biome-ignore lint/suspicious/noDocumentCookie: the CookieStore is not in every browser yet, nor without HTTPS.
    document.cookie = `theme=${theme}; path=/; max-age=${YEAR}; samesite=lax`;
    document.documentElement.dataset.theme = theme;
    this.#show();
  };

  #show() {
    for (const button of this.querySelectorAll("[data-theme-choice]")) {
      const on = /** @type {HTMLElement} */ (button).dataset.themeChoice === document.documentElement.dataset.theme;
      button.setAttribute("aria-checked", String(on));
    }
  }
}

customElements.define("sw-theme", Theme);
