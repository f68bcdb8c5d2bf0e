// @ts-check
/**
 * Fixed groups on the canvas, whose elements stand at their own X and Y: where these are, and how they are drawn
 * elsewhere while they are carried about, before anything is saved.
 *
 *   homeOf(["el_k3x9q2"])           // the fixed group in which all of these stand; "" if there is none
 *   placesIn("el_hero01")           // { el_k3x9q2: { x: 120, y: 40 } }, as measured
 *   const taken = pickUp(["el_k3x9q2"]);
 *   carry(taken, { el_k3x9q2: { x: 121, y: 40 } });  letGo(taken);
 *
 * @typedef {import("design/fixed_drop").Place} Place
 * @typedef {Record<string, Place>} Places by element
 */
import { placeOf } from "design/fixed_drop";
import { canBePlaced, contentOf, holderOf, isFixed, shownBox } from "design/ground";
import { childrenOf, parentOf } from "design/rows";

const canvas = /** @type {any} */ (document.getElementById("canvas"));

/** @param {string[]} keys */
export function homeOf(keys) {
  const home = keys.length ? parentOf(keys[0]) : "";
  return home && isFixed(home) && keys.every((key) => parentOf(key) === home && canBePlaced(key)) ? home : "";
}

/** @param {string} group @returns {import("design/fixed_drop").Field | null} its content box in the page */
export function fieldOf(group) {
  const holder = holderOf(group);
  return holder && { ...contentOf(holder), isRtl: getComputedStyle(holder).direction === "rtl" };
}

/** Where the content of groups is in the fixed groups around them. @param {string[]} groups @returns {Places} */
export const placesAround = (groups) =>
  Object.assign(
    {},
    ...groups.filter((key) => isFixed(parentOf(key))).map((key) => placesIn(parentOf(key), childrenOf(key))),
  );

/** @param {string} key @returns {DOMRect | null} where it is in the page, if it is visible */
export const boxOf = (key) => shownBox(canvas.find(key));

/**
 * Where elements are in a container, also if that is not fixed yet.
 * @param {string} group @param {string[]} [keys] by default its children @returns {Places}
 */
export function placesIn(group, keys = childrenOf(group)) {
  const field = fieldOf(group);
  const found = /** @type {Places} */ ({});
  for (const key of field ? keys.filter(canBePlaced) : []) {
    const box = boxOf(key);
    if (box && field) found[key] = placeOf(box, field);
  }
  return found;
}

/** @param {string[]} keys of one fixed group @returns {Places} where they are; without those that are not visible */
export const pickUp = (keys) => placesIn(parentOf(keys[0]), keys);

/** In a list an element has a node in each cell. @param {string} key @returns {HTMLElement[]} */
const nodesOf = (key) => [...(canvas.page?.querySelectorAll(`[data-el="${CSS.escape(key)}"]`) || [])];

/**
 * Draw elements elsewhere. Downwards that does not affect the layout: the group grows only once they are let go, so
 * that what is below it stays where it is meanwhile.
 * @param {Places} taken where they were @param {Places} places where they are now
 */
export function carry(taken, places) {
  for (const [key, before] of Object.entries(taken))
    for (const node of nodesOf(key)) {
      const { x, y } = places[key];
      node.style.marginInlineStart = `${x}px`;
      node.style.translate = `0 ${y - before.y}px`;
      // What is below them is what the pointer is over.
      node.style.pointerEvents = "none";
    }
  canvas.dispatchEvent(new CustomEvent("sw-scrolled"));
}

/** Draw them where they belong again. @param {Places} taken */
export function letGo(taken) {
  const carried = Object.keys(taken)
    .flatMap(nodesOf)
    .filter((node) => node.style.translate);
  for (const node of carried) {
    for (const name of ["margin-inline-start", "translate", "pointer-events"]) node.style.removeProperty(name);
    if (!node.getAttribute("style")) node.removeAttribute("style");
  }
  if (carried.length) canvas.dispatchEvent(new CustomEvent("sw-scrolled"));
}
