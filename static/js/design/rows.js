// @ts-check
/**
 * The page's elements, read from the tree: the only source of the element structure in the browser.
 *
 *   import { childrenOf, nameOf, parentOf } from "design/rows";
 *   nameOf(parentOf("el_k3x9q2"))        // "Answer actions"
 */

/** @returns {HTMLElement[]} the page first, then its elements in reading order */
export const allRows = () => [
  .../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("#tree [role=treeitem]")),
];

/** @param {string} key */
export const rowOf = (key) => document.getElementById(`row-${key}`);

/** @returns {string} the page's own key */
export const pageKey = () =>
  /** @type {HTMLElement | null} */ (document.querySelector("#tree [role=treeitem]"))?.dataset.node || "";

/** @param {string} key @returns {string} "" for the page */
export const parentOf = (key) => rowOf(key)?.dataset.parent || "";

/** @param {string} key */
export const nameOf = (key) => rowOf(key)?.dataset.name || "";

/** @param {string} key @returns {string[]} */
export const childrenOf = (key) => keys(allRows().filter((row) => row.dataset.parent === key));

/** Whether what is pasted goes into it rather than after it. @param {string} key */
export const isEmptyContainer = (key) => rowOf(key)?.dataset.holds !== undefined && !childrenOf(key).length;

/** Whether something new goes into it, at its end, rather than after it. Tabs hold groups. @param {string} key
 * @param {string} [type] of what is new */
export function takesIn(key, type) {
  const { holds, type: own } = rowOf(key)?.dataset || {};
  return holds !== undefined && (own !== "tabs" || type === "group");
}

/** @param {string} key @returns {string[]} its parent's children, including itself */
export const siblingsOf = (key) => childrenOf(parentOf(key));

/** @param {string} key @returns {string[]} from the page down to itself */
export const pathTo = (key) => (key ? [...pathTo(parentOf(key)), key] : []);

/** @param {HTMLElement[]} rows */
export const keys = (rows) => rows.map((row) => row.dataset.node || "");

/**
 * @returns {{ tree: string, canvas: string }} the marks of what the server drew last, so that it sends only what
 * differs; "" for nothing yet
 */
export function marks() {
  const [tree, canvas] = [document.getElementById("tree"), document.getElementById("canvas")];
  return { tree: tree?.dataset.mark || "", canvas: canvas?.dataset.mark || "" };
}
