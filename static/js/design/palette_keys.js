// @ts-check
/**
 * The keys of the palette: where arrows, Home and End go among its tiles, which may be in several columns; and the keys
 * that lead to it.
 *
 *   stepFrom("ArrowDown", tiles.indexOf(tile), tiles);     // the index of the tile below, undefined for other keys
 */
import { action } from "lib/actions";

/**
 * @param {string} key @param {number} at @param {HTMLElement[]} tiles
 * @returns {number | undefined} the index of the tile to go to
 */
export function stepFrom(key, at, tiles) {
  const [ends, sideways] = [{ Home: 0, End: tiles.length - 1 }[key], { ArrowLeft: -1, ArrowRight: 1 }[key]];
  if (ends !== undefined) return ends;
  if (sideways) return Math.max(0, Math.min(tiles.length - 1, at + sideways));
  const down = { ArrowUp: -1, ArrowDown: 1 }[key];
  if (!down) return undefined;
  const { left, top } = tiles[at].getBoundingClientRect();
  const column = tiles.filter((tile) => Math.abs(tile.getBoundingClientRect().left - left) < 2);
  const next = column.filter((tile) => (tile.getBoundingClientRect().top - top) * down > 2);
  return next.length ? tiles.indexOf(down > 0 ? next[0] : next[next.length - 1]) : at;
}

const find = () => /** @type {HTMLInputElement | null} */ (document.querySelector("sw-palette input"))?.select();

const group = "Elements";
const changes = true;
action({
  name: "find-element",
  label: "Find an element to add",
  group,
  changes,
  icon: "plus",
  keys: ["/", "A"],
  scope: ["tree", "canvas", "palette"],
  run: find,
});
for (const [name, key, where] of [
  ["add-inside", "Enter", "into the selection, or after it if it holds nothing"],
  ["add-after", "Shift+Enter", "after the selection"],
])
  action({
    name,
    label: `In the palette: add it ${where}`,
    group,
    changes,
    keys: [key],
    scope: ["palette"],
  });
