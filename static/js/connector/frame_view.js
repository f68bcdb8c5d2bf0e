// @ts-check
/**
 * The drawing of one frame in `[data-view]`, by the server: for the fields as they stand in the form of `data-form`,
 * else as they are saved. One request at a time: while one is under way only the newest wish counts.
 *
 *   const view = new FrameView(root, () => 12);      // root: sw-frames with data-here and data-form
 *   view.refresh();  view.look("choices[0].delta");
 */
import { fragment } from "connector/fragment";

export class FrameView {
  /** @param {HTMLElement} root @param {() => number} shown the frame to draw */
  constructor(root, shown) {
    [this.#root, this.#shown] = [root, shown];
  }

  /** @type {HTMLElement} */
  #root;
  /** @type {() => number} */
  #shown;
  /** Texts that are looked into, by their path. @type {Set<string>} */
  #open = new Set();
  #wanted = 0;
  #drawing = false;

  /** Look into a text that holds JSON, in this frame and the next ones, or no longer. @param {string} path */
  look(path) {
    if (!this.#open.delete(path)) this.#open.add(path);
    this.refresh();
  }

  async refresh() {
    this.#wanted += 1;
    if (this.#drawing) return;
    this.#drawing = true;
    for (let drawn = -1; drawn !== this.#wanted && this.#root.isConnected; ) {
      drawn = this.#wanted;
      const url = `${this.#root.dataset.here}frame/${this.#shown()}/`;
      const view = await fragment(url, { form: this.#fields() }).catch(() => null);
      if (view) this.#root.querySelector("[data-view]")?.replaceChildren(view);
    }
    this.#drawing = false;
  }

  /** The fields that the frame is looked at with. */
  #fields() {
    const named = this.#root.dataset.form;
    const form = named ? /** @type {HTMLFormElement | null} */ (document.querySelector(named)) : null;
    const values = form ? new FormData(form) : new FormData();
    values.set(form ? "typed" : "saved", "1");
    for (const path of this.#open) values.append("open", path);
    return values;
  }
}
