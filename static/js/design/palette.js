// @ts-check
/**
 * What can be put on the page. A click or Enter puts it after the selection, with Shift inside it; arrows go through the
 * tiles; A jumps to the search field.
 *
 *   <sw-palette><input type="search"><section data-group><button class="tile" data-type="button" data-find="Button">…</button></section></sw-palette>
 */
import { action } from "lib/actions";
import { gesture } from "design/gestures";
import { selected } from "design/selection";

class Palette extends HTMLElement {
  connectedCallback() {
    this.#signal = new AbortController();
    const { signal } = this.#signal;
    this.addEventListener("click", this.#clicked, { signal });
    this.addEventListener("keydown", this.#key, { signal });
    this.addEventListener("input", this.#filter, { signal });
    this.#filter();
  }

  disconnectedCallback() {
    this.#signal.abort();
  }

  /** @type {AbortController} */
  #signal = new AbortController();

  get #input() {
    return this.querySelector("input");
  }

  /** @returns {HTMLElement[]} */
  get #tiles() {
    return [.../** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll("[data-type]:not([hidden])"))];
  }

  #clicked = (/** @type {MouseEvent} */ event) => {
    const tile = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-type]"));
    if (tile) this.#put(tile, event.shiftKey);
  };

  /** @param {HTMLElement | undefined} tile @param {boolean} inside */
  #put(tile, inside) {
    if (tile) gesture({ do: "insert", type: tile.dataset.type, at: selected(), inside });
  }

  #filter = () => {
    const words = (this.#input?.value || "").toLowerCase().split(/\s+/).filter(Boolean);
    for (const tile of /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll("[data-type]"))) {
      const text = (tile.dataset.find || "").toLowerCase();
      tile.hidden = !words.every((word) => text.includes(word));
    }
    for (const group of /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll("[data-group]"))) {
      group.hidden = !group.querySelector("[data-type]:not([hidden])");
    }
    const tiles = this.#tiles;
    for (const [index, tile] of tiles.entries()) tile.tabIndex = index ? -1 : 0;
    const nothing = /** @type {HTMLElement | null} */ (this.querySelector("[data-nothing]"));
    if (nothing) nothing.hidden = tiles.length > 0;
  };

  #key = (/** @type {KeyboardEvent} */ event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const tiles = this.#tiles;
    const at = tiles.indexOf(target);
    if (event.key === "Enter") this.#put(at < 0 ? tiles[0] : target, event.shiftKey);
    else if (event.key === "Escape" && this.#input?.value) this.#empty();
    else if (at < 0 && event.key === "ArrowDown") this.#focus(tiles[0]);
    else if (at >= 0 && this.#step(event.key, at, tiles) !== undefined) this.#focus(tiles[this.#step(event.key, at, tiles) ?? 0]);
    else return;
    event.preventDefault();
  };

  /** @param {string} key @param {number} at @param {HTMLElement[]} tiles @returns {number | undefined} the tile to go to */
  #step(key, at, tiles) {
    const ends = { Home: 0, End: tiles.length - 1 }[key];
    const sideways = { ArrowLeft: -1, ArrowRight: 1 }[key];
    if (ends !== undefined) return ends;
    if (sideways) return Math.max(0, Math.min(tiles.length - 1, at + sideways));
    const down = { ArrowUp: -1, ArrowDown: 1 }[key];
    if (!down) return undefined;
    const { left, top } = tiles[at].getBoundingClientRect();
    const column = tiles.filter((tile) => Math.abs(tile.getBoundingClientRect().left - left) < 2);
    const next = column.filter((tile) => (tile.getBoundingClientRect().top - top) * down > 2);
    return next.length ? tiles.indexOf(down > 0 ? next[0] : next[next.length - 1]) : at;
  }

  /** @param {HTMLElement | undefined} tile */
  #focus(tile) {
    if (!tile) return;
    for (const each of this.#tiles) each.tabIndex = each === tile ? 0 : -1;
    tile.focus();
  }

  #empty() {
    if (!this.#input) return;
    this.#input.value = "";
    this.#filter();
  }
}

customElements.define("sw-palette", Palette);

const find = () => /** @type {HTMLInputElement | null} */ (document.querySelector("sw-palette input"))?.select();
action({ name: "find-element", label: "Find an element to add", group: "Elements", icon: "plus", keys: ["A"], scope: ["tree", "canvas", "palette"], run: find });
const keys = { group: "Elements", scope: ["palette"] };
action({ ...keys, name: "add-after", label: "In the palette: add it after the selection", keys: ["Enter"] });
action({ ...keys, name: "add-inside", label: "In the palette: add it inside the selection", keys: ["Shift+Enter"] });
