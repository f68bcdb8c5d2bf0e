// @ts-check
/**
 * The elements that can be added to the page. A tile can be dragged; a click picks it up, and the next click places it
 * on the page, or where Enter would if it is on the tile again. Enter adds it immediately: at the end of the selection
 * if that is a container, else after it, with Shift always after it. Arrows move through the tiles; / and A focus the
 * search field, Esc clears it and then leaves.
 *
 *   <sw-palette><input type="search">
 *     <section data-group><button class="tile" data-type="button" data-find="Button">…</button></section></sw-palette>
 */
import { speak } from "lib/toast";
import { arm, cancel } from "design/drag";
import { press } from "design/drag_press";
import { gesture } from "design/gestures";
import { stepFrom } from "design/palette_keys";
import { nameOf, takesIn } from "design/rows";
import { selected } from "design/selection";

class Palette extends HTMLElement {
  connectedCallback() {
    this.#signal = new AbortController();
    const { signal } = this.#signal;
    this.addEventListener("click", this.#clicked, { signal });
    this.addEventListener("pointerdown", this.#pressed, { signal });
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

  /** @param {Event} event @returns {HTMLElement | null} */
  #tileOf = (event) => /** @type {Element} */ (event.target).closest("[data-type]");

  #pressed = (/** @type {PointerEvent} */ event) => {
    const tile = this.#tileOf(event);
    if (tile && tile.ariaPressed !== "true") press(event, this.#load(tile));
  };

  #clicked = (/** @type {MouseEvent} */ event) => {
    const tile = this.#tileOf(event);
    if (!tile) return;
    // A click by a screen reader has no position, and no second click follows.
    if (event.shiftKey || event.detail === 0 || tile.ariaPressed === "true") return this.#put(tile, event.shiftKey);
    arm(this.#load(tile));
    document.dispatchEvent(new CustomEvent("sw-aside"));
    tile.ariaPressed = "true";
    tile.toggleAttribute("data-lifted", true);
    const [at, name] = [selected(), nameOf(selected())];
    const where = takesIn(at, tile.dataset.type) ? `into ${name}, or Shift Enter: after it` : `after ${name}`;
    speak(`${this.#nameOf(tile)} is taken up. Press where it goes, or Enter: ${where}. Escape lets it go.`);
  };

  #nameOf = (/** @type {HTMLElement} */ tile) => tile.querySelector(".tile-name")?.textContent || "";

  /** @param {HTMLElement} tile @returns {import("design/drag").Load} */
  #load(tile) {
    const icon = tile.querySelector("use")?.getAttribute("href") || "";
    const done = () => {
      tile.removeAttribute("aria-pressed");
      tile.removeAttribute("data-lifted");
    };
    return { moving: [], type: tile.dataset.type, label: this.#nameOf(tile), icon, done };
  }

  /** @param {HTMLElement | undefined} tile @param {boolean} after also a container */
  #put(tile, after) {
    cancel();
    const at = selected();
    const type = tile?.dataset.type;
    if (tile) gesture({ do: "insert", type, at, inside: !after && takesIn(at, type) });
    // Select the text, so that typing starts a new search.
    if (this.#input === document.activeElement) this.#input?.select();
  }

  #filter = () => {
    const words = (this.#input?.value || "").toLowerCase().split(/\s+/).filter(Boolean);
    for (const tile of /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll("[data-type]"))) {
      const text = (tile.dataset.find || "").toLowerCase();
      tile.hidden = !words.every((word) => text.includes(word));
    }
    for (const group of /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll("[data-group]"))) {
      group.hidden = !group.querySelector(words.length ? "[data-type]:not([hidden])" : "[data-type], [data-page-verb]");
    }
    const tiles = this.#tiles;
    const best = words.length ? this.#best(tiles) : undefined;
    for (const [index, tile] of tiles.entries()) {
      tile.tabIndex = index ? -1 : 0;
      tile.toggleAttribute("data-best", tile === best);
    }
    this.querySelector("[data-nothing]")?.toggleAttribute("hidden", tiles.length > 0);
  };

  #key = (/** @type {KeyboardEvent} */ event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const tiles = this.#tiles;
    const at = tiles.indexOf(target);
    const to = at < 0 ? { ArrowDown: 0 }[event.key] : stepFrom(event.key, at, tiles);
    if (event.key === "Enter") this.#put(at < 0 ? this.#best(tiles) : target, event.shiftKey);
    else if (event.key === "Escape") this.#leave();
    else if (event.key === "/") this.#input?.select();
    else if (to !== undefined) this.#focus(tiles[to]);
    else return;
    event.preventDefault();
  };

  /** Clear the search; if it was empty, go back to the canvas. */
  #leave() {
    if (!this.#input?.value) return /** @type {HTMLElement | null} */ (document.querySelector(".artboard"))?.focus();
    this.#input.value = "";
    this.#filter();
  }

  /** The best match for what was typed: a whole name, else a prefix of one. @param {HTMLElement[]} tiles */
  #best(tiles) {
    const typed = (this.#input?.value || "").trim().toLowerCase();
    const begins = (/** @type {string} */ words) =>
      tiles.find((tile) => (tile.dataset.find || "").toLowerCase().startsWith(words));
    return begins(`${typed} `) || begins(typed) || tiles[0];
  }

  /** @param {HTMLElement | undefined} tile */
  #focus(tile) {
    if (!tile) return;
    for (const each of this.#tiles) each.tabIndex = each === tile ? 0 : -1;
    tile.focus();
  }
}

customElements.define("sw-palette", Palette);
