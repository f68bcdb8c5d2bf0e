// @ts-check
/**
 * <sw-chart>: draws the numbers of its table, or the history of one changing number.
 *
 *     <sw-chart data-kind="line" data-keep="60">
 *       <p data-p="title">Growth</p>
 *       <div class="sw-plot"><div class="sw-ticks"></div><svg viewBox="0 0 100 100"></svg>
 *         <div class="sw-ends"></div></div>
 *       <table><tbody data-cells><tr><th>Mon</th><td>3</td></tr></tbody></table>
 *     </sw-chart>
 *
 *     chart.setAttribute("data-now", "42.5")   // adds a point, if the table has no rows of its own
 */

import { drawn } from "./chart_picture.js";

/** @typedef {{label: string, numbers: number[]}} Point */

export class Chart extends HTMLElement {
  static observedAttributes = ["data-now"];

  /** @type {Point[]} */ #moved = [];
  #frame = 0;
  #watch = new MutationObserver(() => this.#later());

  connectedCallback() {
    this.#watch.observe(this.#rows, { childList: true, subtree: true, characterData: true });
    this.querySelector("details")?.addEventListener("toggle", () => this.#later());
    this.#later();
  }

  disconnectedCallback() {
    this.#watch.disconnect();
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  /** @param {string} _name @param {string | null} _before @param {string | null} value */
  attributeChangedCallback(_name, _before, value) {
    const number = numberOf(value);
    if (!Number.isFinite(number)) return;
    this.#moved.push({ label: new Date().toLocaleTimeString([], { hour12: false }), numbers: [number] });
    this.#moved.splice(0, this.#moved.length - Number(this.dataset.keep));
    this.#later();
  }

  get #rows() {
    return /** @type {HTMLElement} */ (this.querySelector("[data-cells]"));
  }

  #later() {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  #draw() {
    const listed = [...this.#rows.querySelectorAll(":scope > [data-key]")].map(pointOf);
    if (!listed.length) this.#list();
    const points = listed.length ? listed : this.#moved;
    const numbers = points.flatMap((each) => each.numbers).filter(Number.isFinite);
    this.toggleAttribute("data-empty", !numbers.length);
    const { ticks, paths } = drawn(
      points.map((each) => each.numbers),
      this.dataset.kind === "bar",
    );
    const picture = /** @type {SVGElement} */ (this.querySelector("svg"));
    picture.replaceChildren(...paths);
    picture.setAttribute("aria-label", this.#words(points, numbers));
    const ends = [...new Set([points[0], ...points.slice(-1)])];
    fill(
      this.querySelector(".sw-ticks"),
      ticks.map((tick) => tick.toLocaleString()),
    );
    fill(
      this.querySelector(".sw-ends"),
      ends.map((each) => each?.label ?? ""),
    );
  }

  /** List the changing number's values as rows of the table, while it is open. */
  #list() {
    if (!this.querySelector("details")?.open) return;
    this.#watch.disconnect();
    this.#rows.replaceChildren(...this.#moved.map(rowOf));
    this.#watch.observe(this.#rows, { childList: true, subtree: true, characterData: true });
  }

  /** A description of the chart. @param {Point[]} points @param {number[]} numbers */
  #words(points, numbers) {
    const title = this.querySelector("[data-p=title]")?.textContent ?? "";
    if (!numbers.length) return `${title}: no numbers yet`;
    const three = [Math.min(...numbers), Math.max(...numbers), numbers[numbers.length - 1]];
    const [least, most, last] = three.map((each) => each.toLocaleString());
    const kind = this.dataset.kind === "bar" ? "bars" : "lines";
    return `${title}: ${kind} of ${points.length} points from ${least} to ${most}, the last ${last}`;
  }
}

/** @param {string | null | undefined} text */
const numberOf = (text) => (text?.trim() ? Number(text) : NaN);

/** @param {Element} row @returns {Point} */
function pointOf(row) {
  const numbers = [...row.querySelectorAll("td")].map((cell) => numberOf(cell.textContent));
  return { label: row.querySelector("th")?.textContent ?? "", numbers };
}

/** @param {Point} point */
function rowOf({ label, numbers }) {
  const row = document.createElement("tr");
  const head = document.createElement("th");
  head.scope = "row";
  head.textContent = label;
  const cell = document.createElement("td");
  cell.className = "sw-number";
  cell.textContent = numbers[0].toLocaleString();
  row.append(head, cell);
  return row;
}

/** @param {Element | null} box @param {string[]} texts */
function fill(box, texts) {
  const spans = texts.map((text) => Object.assign(document.createElement("span"), { textContent: text }));
  box?.replaceChildren(...spans);
}

customElements.define("sw-chart", Chart);
