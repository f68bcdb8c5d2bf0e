// @ts-check
/**
 * What others have selected on this page: an outline in their colour with their name on the canvas, a dot in the tree.
 *
 *   <sw-company class="company" aria-hidden="true"></sw-company>
 */
import { inkOf, others } from "lib/company";
import { place, write } from "design/outline_box";
import { allRows, pageKey, rowOf } from "design/rows";
/** @import { Canvas } from "design/canvas" */
/** @import { Present } from "builder/consumers" */

class Company extends HTMLElement {
  connectedCallback() {
    const { signal } = (this.#signal = new AbortController());
    const canvas = this.#canvas;
    canvas.addEventListener("sw-scrolled", this.#later, { signal });
    canvas.addEventListener("sw-attached", () => this.#watch(), { signal });
    for (const name of ["sw-here", "sw-resized", "sw-drawn"]) document.addEventListener(name, this.#later, { signal });
    this.#watch();
  }

  disconnectedCallback() {
    this.#signal.abort();
    this.#sizes.disconnect();
    cancelAnimationFrame(this.#frame);
  }

  #signal = new AbortController();
  #frame = 0;
  #later = () => {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#draw());
  };
  #sizes = new ResizeObserver(this.#later);

  /** @returns {Canvas} */
  get #canvas() {
    return /** @type {Canvas} */ (this.closest("sw-canvas"));
  }

  #watch() {
    const { page } = this.#canvas;
    this.#sizes.disconnect();
    if (page?.body) this.#sizes.observe(page.body);
  }

  #draw() {
    const theirs = [...byElement()];
    while (this.children.length < theirs.length) this.append(box());
    for (const [at, each] of [...this.children].entries()) {
      const [key, people] = theirs[at] || ["", []];
      if (!place(/** @type {HTMLElement} */ (each), key ? this.#canvas.find(key) : null)) continue;
      each.setAttribute("data-ink", inkOf(people[0]));
      write(each.firstElementChild, namesOf(people));
    }
    for (const row of allRows()) if (row.dataset.ink) mark(row, []);
    for (const [key, people] of theirs) mark(rowOf(key), people);
  }
}

/** @returns {Map<string, Present[]>} those who have an element of this page selected */
function byElement() {
  const here = others().filter(({ tab, page }) => tab === "design" && page === pageKey());
  const pairs = here.flatMap((one) => one.nodes.map((key) => ({ key, one })));
  return new Map([...Map.groupBy(pairs, ({ key }) => key)].map(([key, all]) => [key, all.map(({ one }) => one)]));
}

/** @param {Present[]} people */
const namesOf = (people) => [...new Set(people.map(({ name }) => name))].join(", ");

function box() {
  const made = document.createElement("div");
  made.append(Object.assign(document.createElement("span"), { className: "sel-tag" }));
  return made;
}

/** @param {HTMLElement | null} row @param {Present[]} people */
function mark(row, people) {
  if (!row) return;
  if (people.length) row.dataset.ink = inkOf(people[0]);
  else delete row.dataset.ink;
  row.ariaDescription = people.length ? `Selected by ${namesOf(people)}` : null;
}

customElements.define("sw-company", Company);
