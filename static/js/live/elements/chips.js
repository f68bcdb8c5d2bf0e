// @ts-check
/**
 * The chosen items of a `<sw-several>`, each with a button that removes it. One of the buttons is in the Tab order,
 * arrows move between them, Delete removes an item and focuses its neighbour. In the empty field, Backspace removes the
 * last item, and Left goes to it.
 *
 *   const chips = new Chips(several);
 *   chips.draw(); // <ul class="sw-chips"><li data-key="th_1"><span>Fig</span><button>×</button></li><template>…</ul>
 *   chips.end();
 */

export class Chips {
  #box;
  #owner;
  #drawn = "";
  #signal = new AbortController();

  /** @param {import("./several.js").Several} owner */
  constructor(owner) {
    const { signal } = this.#signal;
    this.#owner = owner;
    this.#box = /** @type {HTMLElement} */ (owner.querySelector(".sw-chips"));
    const [box, field] = [this.#box, owner.field];
    box.addEventListener("click", (event) => this.#pressed(markAt(event)), { signal });
    box.addEventListener("keydown", (event) => this.#typed(event), { signal });
    field.addEventListener("keydown", (event) => this.#typedInField(event), { signal });
  }

  end() {
    this.#signal.abort();
  }

  get #marks() {
    return [...this.#box.querySelectorAll("button")];
  }

  draw() {
    const { chosen } = this.#owner;
    if (JSON.stringify(chosen) === this.#drawn) return;
    this.#drawn = JSON.stringify(chosen);
    const template = /** @type {HTMLTemplateElement} */ (this.#box.querySelector("template"));
    this.#box.replaceChildren(...chosen.map(([key, words]) => chip(template, key, words)), template);
    this.#reach(0);
  }

  #typedInField(/** @type {KeyboardEvent} */ event) {
    const last = this.#marks.at(-1);
    if (this.#owner.field.value || !last) return;
    if (event.key === "Backspace") this.#remove(last);
    else if (event.key === "ArrowLeft") {
      this.#reach(this.#marks.length - 1)?.focus();
      event.preventDefault();
    }
  }

  /** Put one of the buttons into the Tab order. @param {number} at @returns {HTMLElement | undefined} that button */
  #reach(at) {
    const marks = this.#marks;
    for (const [number, each] of marks.entries()) each.tabIndex = number === at ? 0 : -1;
    return marks[at];
  }

  /** @param {Element | undefined | null} mark */
  #remove(mark) {
    const chosen = /** @type {HTMLElement | null | undefined} */ (mark?.closest("li"));
    if (chosen) this.#owner.drop(chosen.dataset.key ?? "", chosen.textContent ?? "");
  }

  /** @param {HTMLButtonElement | null} mark */
  #pressed(mark) {
    if (!mark) return;
    const at = this.#marks.indexOf(mark);
    this.#remove(mark);
    const next = this.#reach(Math.min(at, this.#marks.length - 1));
    if (next) next.focus();
    else this.#owner.field.focus();
  }

  #typed(/** @type {KeyboardEvent} */ event) {
    const marks = this.#marks;
    const at = marks.indexOf(/** @type {HTMLButtonElement} */ (event.target));
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: marks.length - 1 }[event.key];
    if (event.key === "Delete" || event.key === "Backspace") this.#pressed(marks[at] ?? null);
    else if (to === marks.length) this.#owner.field.focus();
    else if (to !== undefined) this.#reach(Math.max(0, to))?.focus();
    else return;
    event.preventDefault();
  }
}

/** @param {Event} event @returns {HTMLButtonElement | null} */
const markAt = (event) => /** @type {Element} */ (event.target).closest("button");

/** @param {HTMLTemplateElement} template @param {string} key @param {string} words */
function chip(template, key, words) {
  const node = /** @type {HTMLElement} */ (document.importNode(template.content, true).firstElementChild);
  node.dataset.key = key;
  /** @type {Element} */ (node.querySelector("span")).textContent = words;
  node.querySelector("button")?.setAttribute("aria-label", `Remove ${words}`);
  return node;
}
