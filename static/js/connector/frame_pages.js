// @ts-check
/**
 * The rows of a list of frames, page by page: those that were fetched stay, until something else is searched for.
 *
 *   const pages = new FramePages("/…/frames/", 199, rows, () => draw());
 *   pages.near(120);       // the starts of the pages around a row, of which those that are not there are fetched
 *   pages.at(100);         // the rows of a page, null while they are fetched
 */
import { fragment } from "connector/fragment";

const PAGE = 100;

export class FramePages {
  /**
   * @param {string} source @param {number} count of all rows
   * @param {Element[]} first that came with the list @param {() => void} came called when a page is there
   */
  constructor(source, count, first, came) {
    this.count = count;
    this.#source = source;
    this.#came = came;
    this.#rows = new Map([[0, first.slice(0, PAGE)]]);
  }

  /** How many rows there are in all, of what is searched for. */
  count;
  /** What is searched for, as a query; "" for all. */
  wanted = "";
  #source;
  #came;
  /** @type {Map<number, Element[] | null>} by the place of the first */
  #rows;

  /** @param {number} start @returns {Element[] | null} */
  at(start) {
    return this.#rows.get(start) || null;
  }

  /** @param {string} wanted as a query @returns {boolean} whether that is something else */
  search(wanted) {
    if (wanted === this.wanted) return false;
    [this.wanted, this.#rows] = [wanted, new Map()];
    this.#fetch(0);
    return true;
  }

  /** @param {number} row @returns {number[]} of the page it is on and those beside it */
  near(row) {
    const first = startOf(row);
    const near = [first - PAGE, first, first + PAGE].filter((start) => start >= 0 && (start < this.count || !start));
    for (const start of near) if (!this.#rows.has(start)) this.#fetch(start);
    return near;
  }

  /** @param {number} start */
  async #fetch(start) {
    const rows = this.#rows;
    rows.set(start, null);
    const made = await fragment(`${this.#source}?from=${start}${this.wanted}`).catch(() => null);
    if (rows !== this.#rows || !made) return void rows.delete(start);
    this.count = Number(made.headers?.get("X-Frames"));
    rows.set(start, [...made.children]);
    this.#came();
  }
}

/** The first row of the page that a row is on. @param {number} row */
export const startOf = (row) => Math.floor(row / PAGE) * PAGE;
