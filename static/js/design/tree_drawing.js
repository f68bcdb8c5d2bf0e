// @ts-check
/**
 * Draws the rows of the tree, and places them as the server says, or ahead of it (design/ahead).
 *
 *   drawTree({ mark, pieces });
 *   placeRows(order, new Set(["el_action"]));      // an order as served() gives it
 */
import { freeName } from "design/copies";
import { homesIn, walk } from "design/foreseen";
import { known, stand } from "design/nodes";
import { Redraw } from "design/redraw";
import { set } from "design/tree_rows";

const tree = /** @type {HTMLElement} */ (document.getElementById("tree"));
const rows = /** @type {HTMLElement} */ (tree.querySelector(".tree"));
const drawing = new Redraw("data-node");

drawing.begin(rows);

/** @param {{ mark: string, pieces: Record<string, string> }} parts */
export function drawTree({ mark, pieces }) {
  if (mark === tree.dataset.mark) return;
  holding(() => (tree.dataset.mark = drawing.draw(rows, pieces) ? mark : ""));
}

/** Mark that a focused row was replaced, so that its focus is restored (design/tree). @param {() => void} draws */
function holding(draws) {
  const held = tree.contains(document.activeElement);
  draws();
  if (held && !tree.contains(document.activeElement)) tree.toggleAttribute("data-lost-focus", true);
}

/** @returns {import("design/foreseen").Order} the structure as the server drew it last */
export function served() {
  const order = /** @type {import("design/foreseen").Order} */ (new Map());
  for (const row of /** @type {any} */ (drawing.drawn?.children || [])) {
    const { node, parent, holds } = row.dataset;
    if (holds !== undefined) order.set(node, []);
    order.get(parent)?.push(node);
  }
  return order;
}

/**
 * Put rows into an order, with their depths. A removed row that is back is as the server drew it.
 * @param {import("design/foreseen").Order} order @param {Set<string>} touched the containers whose content differs
 * @param {import("design/copies").Copies} copies
 */
export function placeRows(order, touched, copies) {
  const [there, homes] = [known(rows, "data-node"), homesIn(order)];
  const names = new Set([...rows.children].map((row) => row.getAttribute("data-name") || ""));
  const wanted = walk(order).map((key) => {
    const row = there.get(key) || made(copies.get(key) || key);
    // What is inside a copy keeps its name.
    if (copies.has(key) && row !== there.get(key)) become(row, key, copies.has(homes.get(key) || "") ? null : names);
    return row;
  });
  const stays = new Set(wanted);
  holding(() => {
    for (const row of [...rows.children]) if (!stays.has(row)) row.remove();
    stand(rows, wanted);
  });
  const [levels, places] = /** @type {Map<string, number>[]} */ ([new Map(), new Map()]);
  for (const row of wanted) {
    const key = row.getAttribute("data-node") || "";
    const parent = homes.get(key) || "";
    const level = (levels.get(parent) || 0) + 1;
    const [siblings, place] = [order.get(parent) || [key], (places.get(parent) || 0) + 1];
    levels.set(key, level);
    places.set(parent, place);
    set(row, "data-parent", parent);
    set(row, "data-depth", level > 1 ? String(level - 1) : null);
    set(row, "aria-level", String(level));
    set(row, "aria-posinset", String(place));
    set(row, "aria-setsize", String(siblings.length));
    if (touched.has(key)) count(row, (order.get(key) || []).length);
  }
}

/** @param {string} key @returns {Element} */
const made = (key) =>
  document.importNode(/** @type {any} */ (drawing.drawn?.querySelector(`[data-node="${CSS.escape(key)}"]`)), true);

/** @param {Element} row that of what is copied @param {string} key @param {Set<string> | null} names it is none of */
function become(row, key, names) {
  row.id = `row-${key}`;
  set(row, "data-node", key);
  if (!names) return;
  const name = freeName(row.getAttribute("data-name") || "", names);
  names.add(name);
  set(row, "data-name", name);
  const words = row.querySelector(".name");
  if (words) words.textContent = name;
}

/** Show the number of its children. @param {Element} row @param {number} many */
function count(row, many) {
  const said = /** @type {HTMLElement | null} */ (row.querySelector(".count"));
  if (!said) return;
  said.textContent = String(many);
  said.hidden = !many;
}
