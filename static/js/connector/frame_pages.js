// @ts-check
/**
 * The rows of a list of frames, page by page, cached until the search changes.
 *
 *   const pages = new FramePages("/…/frames/", 199, rows, () => draw());
 *   pages.near(120);       // the starts of the pages around a row; fetches those that are missing
 *   pages.at(100);         // the rows of a page, null until they have arrived
 */
import { fragment } from "connector/fragment";

const PAGE = 100;

export class FramePages {
  /**
   * @param {string} source @param {number} count of all rows
   * @param {Element[]} first the rows of the list's HTML @param {() => void} came called when a page has arrived
   */
  constructor(source, count, first, came) {
    this.count = count;
    this.#source = source;
    this.#came = came;
    this.#rows = new Map([[0, first.slice(0, PAGE)]]);
  }

  /** The number of rows that match the search. */
  count;
  /** The search as a query string; "" for all rows. */
  wanted = "";
  #source;
  #came;
  /** @type {Map<number, Element[] | null>} by the index of the first row */
  #rows;

  /** @param {number} start @returns {Element[] | null} */
  at(start) {
    return this.#rows.get(start) || null;
  }

  /** @param {string} wanted as a query string @returns {boolean} whether it differs from the current search */
  search(wanted) {
    if (wanted === this.wanted) return false;
    [this.wanted, this.#rows] = [wanted, new Map()];
    this.#fetch(0);
    return true;
  }

  /** @param {number} row @returns {number[]} the starts of its page and the adjacent ones */
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

/** The start of the page that a row is on. @param {number} row */
export const startOf = (row) => Math.floor(row / PAGE) * PAGE;
