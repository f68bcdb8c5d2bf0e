// @ts-check
/**
 * A virtual list of frames of any length: only the rows near the viewport exist, fetched page by page; the server
 * searches and filters. Choosing a row, by click or arrow keys, dispatches `sw-frame` with its number.
 *
 *   <sw-frame-list data-src="/…/frames/" data-count="199">… <input data-find-text> <select data-find-kind>
 *     <ol role="listbox" tabindex="0"><li role="option" data-n="1">…</li>…</ol><p data-found></p></sw-frame-list>
 */
import { FramePages, startOf } from "connector/frame_pages";
import { count } from "connector/words";
import { onMorphed } from "lib/morph";

const ROW = 26; // px
const SOON_MS = 200;
let lists = 0;

export class FrameList extends HTMLElement {
  connectedCallback() {
    this.#signal = new AbortController();
    const { signal } = this.#signal;
    this.addEventListener("click", this.#clicked, { signal });
    this.addEventListener("input", this.#typed, { signal });
    this.#list?.addEventListener("keydown", this.#key, { signal });
    this.#list?.addEventListener("scroll", this.#fill, { signal });
    signal.addEventListener("abort", onMorphed(this.#begin));
    this.#begin();
  }

  disconnectedCallback() {
    this.#signal.abort();
    clearTimeout(this.#timer);
  }

  /** Select the frame that is shown. @param {number} n */
  mark(n) {
    this.#n = n;
    if (!this.#pages.wanted && this.#list?.clientHeight) {
      const [top, height] = [(n - 1) * ROW, this.#list.clientHeight];
      if (top < this.#list.scrollTop || top + ROW > this.#list.scrollTop + height)
        this.#list.scrollTop = top - height / 2;
    }
    this.#select();
    this.#fill();
  }

  #signal = new AbortController();
  #timer = 0;
  #n = 1;
  #prefix = `frames-${(lists += 1)}`;
  #pages = new FramePages("", 0, [], () => {});
  #drawn = "";

  get #list() {
    return /** @type {HTMLElement | null} */ (this.querySelector("[role=listbox]"));
  }

  /** Start over; the first page is part of the list's HTML. */
  #begin = () => {
    const first = [...this.querySelectorAll("[role=option]")];
    this.#pages = new FramePages(this.dataset.src || "", Number(this.dataset.count), first, this.#came);
    this.#drawn = "";
    this.#find();
    this.#fill();
  };

  #typed = () => {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#find, SOON_MS);
  };

  #find = () => {
    const text = /** @type {HTMLInputElement | null} */ (this.querySelector("[data-find-text]"))?.value.trim() || "";
    const kind = /** @type {HTMLSelectElement | null} */ (this.querySelector("[data-find-kind]"))?.value || "";
    const wanted = text || kind ? `&q=${encodeURIComponent(text)}&kind=${encodeURIComponent(kind)}` : "";
    if (!this.#pages.search(wanted)) return;
    this.#drawn = "";
    if (this.#list) this.#list.scrollTop = 0;
  };

  /** Called when a page has arrived. */
  #came = () => {
    const found = this.querySelector("[data-found]");
    if (found) found.textContent = this.#pages.wanted ? `${count(this.#pages.count, "frame")} found` : "";
    this.#drawn = "";
    this.#fill();
  };

  /** Render the pages around the viewport, with spacers for the others. */
  #fill = () => {
    const list = this.#list;
    if (!list) return;
    const first = startOf(Math.floor(list.scrollTop / ROW));
    const there = this.#pages.near(first).filter((start) => this.#pages.at(start));
    if (!there.includes(first) || this.#drawn === there.join()) return;
    this.#drawn = there.join();
    const rows = there.flatMap((start) => this.#pages.at(start) || []);
    for (const [at, row] of rows.entries()) {
      row.id = `${this.#prefix}-${/** @type {HTMLElement} */ (row).dataset.n}`;
      row.setAttribute("aria-posinset", String(there[0] + at + 1));
    }
    const top = list.scrollTop;
    list.replaceChildren(space(there[0]), ...rows, space(Math.max(0, this.#pages.count - there[0] - rows.length)));
    list.scrollTop = top;
    this.#select();
  };

  #select() {
    for (const row of this.querySelectorAll("[role=option]"))
      row.ariaSelected = String(row.getAttribute("data-n") === String(this.#n));
    this.#list?.setAttribute("aria-activedescendant", `${this.#prefix}-${this.#n}`);
  }

  #clicked = (/** @type {Event} */ event) => {
    const row = /** @type {Element} */ (event.target).closest("[data-n]");
    if (row) this.#tell(Number(row.getAttribute("data-n")));
  };

  #key = (/** @type {KeyboardEvent} */ event) => {
    const rows = [...this.querySelectorAll("[role=option]")];
    const at = rows.findIndex((row) => row.ariaSelected === "true");
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
    const end = { Home: 0, End: rows.length - 1 }[event.key];
    if (by === undefined && end === undefined) return;
    const row = rows[end ?? Math.max(0, Math.min(at + (by || 0), rows.length - 1))];
    const far = this.#pages.wanted ? undefined : { Home: 1, End: this.#pages.count }[event.key];
    if (row) this.#tell(far ?? Number(row.getAttribute("data-n")));
    if (this.#pages.wanted) row?.scrollIntoView({ block: "nearest" });
    event.preventDefault();
  };

  /** @param {number} n */
  #tell(n) {
    this.dispatchEvent(new CustomEvent("sw-frame", { bubbles: true, detail: { n } }));
  }
}

/** A spacer for rows that are not rendered. @param {number} rows */
function space(rows) {
  const item = document.createElement("li");
  item.setAttribute("role", "presentation");
  item.style.height = `${rows * ROW}px`;
  return item;
}

customElements.define("sw-frame-list", FrameList);
