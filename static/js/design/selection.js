// @ts-check
/**
 * Which element is selected. Tree, canvas, panel and breadcrumb follow the event `sw-select`; the address keeps it.
 *
 *   import { onSelect, select, selected } from "design/selection";
 *   select("el_k3x9q2");
 *   onSelect((key) => …);
 */
import { allRows, pageKey, rowOf } from "design/rows";

const EVENT = "sw-select";
let now = "";

/** @returns {string} the selected element; the page when nothing else is */
export const selected = () => (rowOf(now) ? now : pageKey());

/** @param {string} key @param {boolean} [drawn] whether the panel shows it already */
export function select(key, drawn = false) {
  const next = rowOf(key) ? key : pageKey();
  if (next === now && !drawn) return;
  now = next;
  const url = new URL(location.href);
  url.searchParams.set("node", next);
  if (next === pageKey()) url.searchParams.delete("node");
  history.replaceState(history.state, "", url);
  document.dispatchEvent(new CustomEvent(EVENT, { detail: { node: next, drawn } }));
}

/** @param {(key: string, drawn: boolean) => void} listener @param {AddEventListenerOptions} [options] */
export function onSelect(listener, options) {
  document.addEventListener(EVENT, (/** @type {any} */ event) => listener(event.detail.node, event.detail.drawn), options);
}

now = allRows().find((row) => row.ariaSelected === "true")?.dataset.node || "";
