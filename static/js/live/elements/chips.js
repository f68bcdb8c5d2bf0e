// @ts-check
/**
 * What is chosen, each with a mark that takes it away. One of the marks is reached by Tab, arrows go about, Delete
 * takes one away; then its neighbour has the focus.
 *
 *   const chips = new Chips(list, { remove(key, words) { … }, out() { field.focus(); } });
 *   chips.draw([["th_1", "Fig"]]);
 *   // <ul><li data-key="th_1"><span>Fig</span><button>×</button></li><template>…</ul>
 *   chips.end();
 */

export class Chips {
  #box;
  #does;
  #drawn = "";
  #signal = new AbortController();

  /** @param {HTMLElement} box @param {{remove: (key: string, words: string) => void, out: () => void}} does */
  constructor(box, does) {
    const { signal } = this.#signal;
    [this.#box, this.#does] = [box, does];
    box.addEventListener("click", ({ target }) => this.#pressed(/** @type {Element} */ (target).closest("button")), {
      signal,
    });
    box.addEventListener("keydown", (event) => this.#typed(event), { signal });
  }

  end() {
    this.#signal.abort();
  }

  get #marks() {
    return [...this.#box.querySelectorAll("button")];
  }

  /** @param {string[][]} chosen each a key and its words */
  draw(chosen) {
    if (JSON.stringify(chosen) === this.#drawn) return;
    this.#drawn = JSON.stringify(chosen);
    const template = /** @type {HTMLTemplateElement} */ (this.#box.querySelector("template"));
    this.#box.replaceChildren(...chosen.map(([key, words]) => chip(template, key, words)), template);
    this.#reach(0);
  }

  /** Take the last away. */
  removeLast() {
    this.#remove(this.#marks.at(-1));
  }

  /** Go to the last; false where there is none. */
  enter() {
    const last = this.#reach(this.#marks.length - 1);
    last?.focus();
    return Boolean(last);
  }

  /** Let one of the marks be reached by Tab. @param {number} at @returns {HTMLElement | undefined} that one */
  #reach(at) {
    const marks = this.#marks;
    for (const [number, each] of marks.entries()) each.tabIndex = number === at ? 0 : -1;
    return marks[at];
  }

  /** @param {Element | undefined | null} mark */
  #remove(mark) {
    const chosen = /** @type {HTMLElement | null | undefined} */ (mark?.closest("li"));
    if (chosen) this.#does.remove(chosen.dataset.key ?? "", chosen.textContent ?? "");
  }

  /** @param {HTMLButtonElement | null} mark */
  #pressed(mark) {
    if (!mark) return;
    const at = this.#marks.indexOf(mark);
    this.#remove(mark);
    const next = this.#reach(Math.min(at, this.#marks.length - 1));
    if (next) next.focus();
    else this.#does.out();
  }

  #typed(/** @type {KeyboardEvent} */ event) {
    const marks = this.#marks;
    const at = marks.indexOf(/** @type {HTMLButtonElement} */ (event.target));
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: marks.length - 1 }[event.key];
    if (event.key === "Delete" || event.key === "Backspace") this.#pressed(marks[at] ?? null);
    else if (to === marks.length) this.#does.out();
    else if (to !== undefined) this.#reach(Math.max(0, to))?.focus();
    else return;
    event.preventDefault();
  }
}

/** @param {HTMLTemplateElement} template @param {string} key @param {string} words */
function chip(template, key, words) {
  const node = /** @type {HTMLElement} */ (document.importNode(template.content, true).firstElementChild);
  node.dataset.key = key;
  /** @type {Element} */ (node.querySelector("span")).textContent = words;
  node.querySelector("button")?.setAttribute("aria-label", `Remove ${words}`);
  return node;
}
