// @ts-check
/**
 * The selection: one element, or several of which one is primary. Tree, canvas, panel and breadcrumbs follow the event
 * `sw-select`; the URL contains the primary one.
 *
 *   import { onSelect, select, selected, selection } from "design/selection";
 *   select("el_k3x9q2");  select("el_m4y0r3", { add: true });
 *   selected();  selection();             // "el_m4y0r3";  ["el_k3x9q2", "el_m4y0r3"] in reading order
 *   onSelect((key, drawn, all) => …);     // `drawn`: the panel shows it already
 */
import { allRows, keys, pageKey, pathTo, rowOf, siblingsOf } from "design/rows";

const EVENT = "sw-select";
const first = document.getElementById("tree")?.dataset.selected || "";
let now = first;
/** @type {Set<string>} */
let all = new Set([first]);

/** @returns {string} the selected element, for several the primary one; the page if there is none */
export const selected = () => (rowOf(now) ? now : pageKey());

/** @returns {string[]} all selected elements, in reading order */
export function selection() {
  if (all.size < 2) return [selected()];
  const found = keys(allRows()).filter((key) => all.has(key));
  return found.length ? found : [selected()];
}

/** @returns {string[]} the elements a gesture applies to: without those inside another selected one, and never the
 * page */
export const moved = () =>
  selection().filter((key) => key !== pageKey() && !pathTo(key).some((around) => around !== key && all.has(around)));

/** @param {string} key @returns {boolean} */
export const isSelected = (key) => selected() === key || (all.size > 1 && all.has(key));

/**
 * Select an element; with `add`, toggle it in the selection. @param {string} key
 * @param {{ add?: boolean, drawn?: boolean }} [how] `drawn`: whether the panel shows it already
 */
export function select(key, { add = false, drawn = false } = {}) {
  const next = rowOf(key) ? key : pageKey();
  if (!add || next === pageKey()) return selectAll([next], next, drawn);
  const before = selection().filter((each) => each !== pageKey());
  const after = before.includes(next) ? before.filter((each) => each !== next) : [...before, next];
  selectAll(after, after.includes(next) ? next : after.at(-1) || pageKey(), drawn);
}

/** Select several. @param {string[]} wanted @param {string} [primary] @param {boolean} [drawn] */
export function selectAll(wanted, primary = wanted.at(-1) || pageKey(), drawn = false) {
  const after = new Set(wanted.length ? wanted : [primary]);
  if (primary === now && !drawn && after.size === all.size && wanted.every((key) => all.has(key))) return;
  [now, all] = [primary, after];
  const url = new URL(location.href);
  url.searchParams.set("node", primary);
  if (primary === pageKey()) url.searchParams.delete("node");
  if (url.href !== location.href) history.replaceState(history.state, "", url);
  document.dispatchEvent(new CustomEvent(EVENT, { detail: { node: primary, nodes: selection(), drawn } }));
}

/** Select all siblings of the selected element; for the page, its children. */
export function selectSiblings() {
  const siblings =
    selected() === pageKey()
      ? keys(allRows()).filter((key) => rowOf(key)?.dataset.parent === pageKey())
      : siblingsOf(selected());
  if (siblings.length) selectAll(siblings, siblings.includes(selected()) ? selected() : siblings[0]);
}

/** @param {(key: string, drawn: boolean, all: string[]) => void} listener @param {AddEventListenerOptions} [options] */
export function onSelect(listener, options) {
  document.addEventListener(
    EVENT,
    (event) => listener(event.detail.node, event.detail.drawn, event.detail.nodes),
    options,
  );
}
