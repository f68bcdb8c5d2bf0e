// @ts-check
/**
 * The arguments at the right: their text and choices, their dynamic data, and the rows of an object.
 *
 *   const slots = new Slots(composer, (gesture) => …);
 *   await slots.flush();                             // sends pending input
 */
/** @import { Gesture } from "builder/views/compose" */
const PAUSE = 150;

export class Slots {
  /** @param {HTMLElement} root @param {(gesture: Gesture) => Promise<void>} say */
  constructor(root, say) {
    this.#root = root;
    this.#say = say;
    root.addEventListener("input", this.#typed);
    root.addEventListener("change", this.#changed);
    root.addEventListener("click", this.#clicked);
    root.addEventListener("focusin", this.#focused);
  }

  /** @returns {Promise<void>} */
  flush() {
    clearTimeout(this.#timer);
    const control = this.#waiting;
    this.#waiting = null;
    return control ? this.#fill(control) : Promise.resolve();
  }

  /** Remove the chip right before this text field, if there is one. @param {Element} control */
  removeBefore(control) {
    const chip = control.previousElementSibling;
    if (chip?.matches(".chip")) this.remove(chip);
    return Boolean(chip?.matches(".chip"));
  }

  /** @param {Element} chip */
  async remove(chip) {
    const path = pathOf(chip);
    const part = chip.getAttribute("data-chip");
    await this.flush();
    await this.#say({ do: "fill", path, value: null, ...(part ? { part: Number(part) } : {}) });
    const parts = this.#root.querySelectorAll(`[data-path='${JSON.stringify(path)}'] input`);
    /** @type {HTMLElement | undefined} */ (parts[Math.max(0, Math.floor((Number(part) - 1) / 2))])?.focus();
  }

  #root;
  #say;
  #timer = 0;
  /** @type {HTMLInputElement | null} */
  #waiting = null;
  /** @type {Element | null} the text field that was focused last */
  #last = null;

  #typed = (/** @type {Event} */ event) => {
    const control = /** @type {HTMLInputElement} */ (event.target);
    if (!control.matches("input[data-value]")) return;
    if (this.#waiting && this.#waiting !== control) this.flush();
    this.#waiting = control;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), PAUSE);
  };

  #changed = (/** @type {Event} */ event) => {
    const control = /** @type {HTMLInputElement} */ (event.target);
    if (control.matches("select[data-value]")) this.#fill(control);
    if (control.matches("[data-row-name]")) {
      const name = control.closest("[data-name]")?.getAttribute("data-name");
      this.#say({ do: "row", path: pathOf(control), name, to: control.value.trim() || name });
    }
  };

  /** @param {HTMLInputElement} control */
  #fill(control) {
    const part = control.dataset.part;
    return this.#say({
      do: "fill",
      path: pathOf(control),
      value: control.value,
      ...(part === undefined ? {} : { part: Number(part) }),
    });
  }

  #focused = (/** @type {Event} */ event) => {
    if (/** @type {Element} */ (event.target).matches("input[data-part]"))
      this.#last = /** @type {Element} */ (event.target);
  };

  #clicked = async (/** @type {Event} */ event) => {
    const target = /** @type {Element} */ (event.target);
    const asked = target.closest("[data-enter]");
    const row = target.closest("[data-row]");
    if (!asked && !row) return;
    const path = pathOf(/** @type {Element} */ (asked || row));
    const gesture = asked
      ? this.#entry(asked)
      : { do: "row", name: row?.closest("[data-name]")?.getAttribute("data-name"), to: null };
    await this.flush();
    this.#say({ path, ...gesture });
  };

  /** @param {Element} asked a chip, or the plus, which inserts after the text field focused last, else at the end */
  #entry(asked) {
    const chip = asked.getAttribute("data-chip");
    if (chip !== null || !asked.hasAttribute("data-insert")) return { do: "enter", part: chip ? Number(chip) : null };
    const texts = [.../** @type {Element} */ (asked.parentElement).querySelectorAll("input[data-part]")];
    const after = this.#last && texts.includes(this.#last) ? this.#last : texts.at(-1);
    return { do: "enter", part: Number(after?.getAttribute("data-part")) + 1, insert: true };
  }
}

/** @param {Element} element @returns {(string | number)[]} */
function pathOf(element) {
  return JSON.parse(element.closest("[data-path]")?.getAttribute("data-path") || "[]");
}
