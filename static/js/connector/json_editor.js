// @ts-check
/**
 * A text area for a body that becomes a code editor once the editor's code has loaded, and stays a text area without
 * it.
 *
 *   <sw-json-editor data-language="json"><textarea name="body">{ "model": "<model>" }</textarea></sw-json-editor>
 *
 * The text area remains the form field: it has the text and dispatches `change` when the author leaves or pauses.
 */
import { onMorphed } from "lib/morph";

const PAUSE = 1500;

class JsonEditor extends HTMLElement {
  async connectedCallback() {
    this.#signal = new AbortController();
    const { signal } = this.#signal;
    const { open } = await import("connector/codemirror").catch(() => ({ open: null }));
    const area = this.#area;
    if (!open || !area || signal.aborted || this.#editor) return;
    this.#editor = open(this, area, { json: this.#isJson, typed: this.#typed, left: this.#save });
    area.hidden = true;
    area.addEventListener("focus", () => this.#editor?.focus(), { signal });
    signal.addEventListener("abort", onMorphed(this.#morphed));
    this.#morphed();
  }

  disconnectedCallback() {
    this.#signal.abort();
    clearTimeout(this.#timer);
    this.#editor?.destroy();
    this.#editor = null;
  }

  /** @type {AbortController} */
  #signal = new AbortController();
  /**
   * @type {{ text: () => string, set: (text: string) => void, wrong: (line: number) => void, json: (yes: boolean) =>
   * void, focus: () => void, destroy: () => void } | null}
   */
  #editor = null;
  #timer = 0;

  get #isJson() {
    return this.dataset.language === "json";
  }

  get #area() {
    return this.querySelector("textarea");
  }

  #typed = (/** @type {string} */ text) => {
    const area = this.#area;
    if (!area || area.value === text) return;
    area.value = text;
    area.dispatchEvent(new Event("input", { bubbles: true }));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#save, PAUSE);
  };

  #save = () => {
    clearTimeout(this.#timer);
    if (this.#area?.hasAttribute("data-unsaved")) this.#area.dispatchEvent(new Event("change", { bubbles: true }));
  };

  /** Show the server's text, unless there are unsaved changes. */
  #morphed = () => {
    const area = this.#area;
    if (!area || !this.#editor) return;
    area.hidden = true;
    if (!area.hasAttribute("data-unsaved") && area.value !== this.#editor.text()) this.#editor.set(area.value);
    this.#editor.json(this.#isJson);
    const line = /^Line (\d+)/.exec(document.getElementById(`${area.id}_error`)?.textContent?.trim() || "");
    this.#editor.wrong(line ? Number(line[1]) : 0);
  };
}

customElements.define("sw-json-editor", JsonEditor);
