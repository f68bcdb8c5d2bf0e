// @ts-check
/**
 * One frame in `[data-view]`, rendered by the server: with the fields currently in the form of `data-form`, else with
 * the saved ones. One request at a time: while one is pending, only the latest refresh counts.
 *
 *   const view = new FrameView(root, () => 12);      // root: sw-frames with data-here and data-form
 *   view.refresh();  view.look("choices[0].delta");
 */
import { fragment } from "connector/fragment";
import { morphInto } from "lib/morph";

export class FrameView {
  /** @param {HTMLElement} root @param {() => number} shown the frame to draw */
  constructor(root, shown) {
    [this.#root, this.#shown] = [root, shown];
  }

  /** @type {HTMLElement} */
  #root;
  /** @type {() => number} */
  #shown;
  /** The paths of texts that are expanded. @type {Set<string>} */
  #open = new Set();
  #wanted = 0;
  #drawing = false;

  /** Expand or collapse a text that contains JSON, in this frame and others. @param {string} path */
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
      const [made, view] = [
        await fragment(url, { form: this.#fields() }).catch(() => null),
        this.#root.querySelector("[data-view]"),
      ];
      // A value that is being pressed must still be there when the button is released.
      if (made && view) morphInto(view, made);
    }
    this.#drawing = false;
  }

  /** The fields that the frame is shown with. */
  #fields() {
    const named = this.#root.dataset.form;
    const form = named ? /** @type {HTMLFormElement | null} */ (document.querySelector(named)) : null;
    const values = form ? new FormData(form) : new FormData();
    values.set(form ? "typed" : "saved", "1");
    for (const path of this.#open) values.append("open", path);
    return values;
  }
}
