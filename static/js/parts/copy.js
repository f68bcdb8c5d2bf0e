// @ts-check
/**
 * A text to copy: its button copies the value of the field before it.
 *
 *   <sw-copy><input value="http://localhost:8000/juniper/" readonly><button type="button">Copy</button></sw-copy>
 */
import { toast } from "lib/toast";

class Copy extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this.#clicked);
  }

  disconnectedCallback() {
    this.removeEventListener("click", this.#clicked);
  }

  #clicked = async (/** @type {MouseEvent} */ event) => {
    const field = this.querySelector("input");
    if (!field || !(/** @type {Element} */ (event.target).closest("button"))) return;
    try {
      await navigator.clipboard.writeText(field.value);
      toast("Copied.");
    } catch {
      // No access to the clipboard: select the text, so that it can be copied with one key.
      field.focus();
      field.select();
    }
  };
}

customElements.define("sw-copy", Copy);
