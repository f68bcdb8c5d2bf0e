// @ts-check
/**
 * Places elements on the canvas before the server has drawn them there (design/ahead). The content of cells and tabs is
 * left to the server, as elements there are drawn several times, or with something added.
 *
 *   takes(drawn, "el_action");                    // whether it is a plain container, as the server drew it
 *   place(main, drawn, order, touched);
 *   wearIn(main, { el_k3x9q2: { "--x": "120px" } });        // and no others
 */
import { walk } from "design/foreseen";
import { known, stand } from "design/nodes";

const NOT_PLAIN = ".sw-panel";
const IN_CELLS = ".sw-cell";

/** @param {Element} root @param {string} key @returns {Element | null} */
const found = (root, key) =>
  root.getAttribute("data-el") === key ? root : root.querySelector(`[data-el="${CSS.escape(key)}"]`);

/** The node that contains the children of an element. @param {Element} own @returns {Element} */
const holderIn = (own) => own.querySelector("[data-el], .sw-drop")?.parentElement || own;

/** @param {Element} drawn the page as the server drew it @param {string} key */
export function takes(drawn, key) {
  const own = found(drawn, key);
  const holder = own && holderIn(own);
  if (!holder || holder.matches(NOT_PLAIN) || holder.closest(IN_CELLS)) return false;
  return [...holder.children].every((each) => each.matches("[data-el], .sw-drop"));
}

/** The node of the page that corresponds to one the server drew.
 * @param {Element} live @param {Element} own @param {Element} drawn in `own` */
function sameIn(live, own, drawn) {
  const steps = [];
  for (let each = drawn; each !== own; each = /** @type {Element} */ (each.parentElement))
    steps.unshift([.../** @type {Element} */ (each.parentElement).children].indexOf(each));
  return steps.reduce((node, at) => node?.children[at], /** @type {Element | undefined} */ (live));
}

/**
 * @param {Element} main the page @param {Element} drawn as the server drew it last
 * @param {import("design/foreseen").Order} order @param {Iterable<string>} touched the containers whose content differs
 * @param {import("design/copies").Copies} copies
 */
export function place(main, drawn, order, touched, copies) {
  const nodes = known(main, "data-el");
  const placed = /** @type {[Element, Element[]][]} */ ([]);
  for (const key of touched) {
    const was = copies.get(key) || key;
    const [live, own, keys] = [nodes.get(key), found(drawn, was), order.get(key)];
    const holder = live && own && keys && (was === key || takes(drawn, was)) && sameIn(live, own, holderIn(own));
    if (!holder) continue;
    const children = keys
      .map(
        (child) =>
          nodes.get(child) ||
          made(copies.has(child) ? copyOf(drawn, child, order, copies) : found(drawn, child), nodes, main),
      )
      .filter((each) => each !== null);
    stand(holder, children);
    placed.push([holder, children]);
  }
  // Remove what is in none of them any more.
  for (const [holder, children] of placed)
    for (const each of [...holder.children]) if (each.matches("[data-el]") && !children.includes(each)) each.remove();
}

/**
 * A copy of an element as the server drew that, with keys of its own.
 * @param {Element} drawn @param {string} key @param {import("design/foreseen").Order} order
 * @param {import("design/copies").Copies} copies
 */
function copyOf(drawn, key, order, copies) {
  const made = /** @type {Element | undefined} */ (found(drawn, copies.get(key) || "")?.cloneNode(true));
  const keys = new Map(walk(order, key).map((each) => [copies.get(each), each]));
  for (const each of made ? [made, ...made.querySelectorAll("*")] : []) {
    // A second radio button of the same name would take the first one's mark.
    for (const name of ["id", "name", "for"]) each.removeAttribute(name);
    const key = each.getAttribute("data-el");
    const own = keys.get(key || "");
    if (own) each.setAttribute("data-el", own);
    else if (key !== null) each.remove();
  }
  return made;
}

/**
 * Make an element that the canvas does not have; what it contained and is elsewhere by now stays there.
 * @param {Element | null | undefined} was @param {Map<string, Element | null>} nodes @param {Element} main
 */
function made(was, nodes, main) {
  if (!was) return null;
  const back = main.ownerDocument.importNode(was, true);
  for (const each of [back, ...back.querySelectorAll(`[data-el]:not(${IN_CELLS} *)`)]) {
    const own = each.getAttribute("data-el") || "";
    if (nodes.has(own)) each.remove();
    else nodes.set(own, each);
  }
  return back;
}

/** What nodes wear ahead of the server. @type {Map<HTMLElement, Record<string, string>>} */
let worn = new Map();

/**
 * Let elements have these lengths, and all others those that the server has drawn.
 * @param {Element} main @param {import("design/lengths").Lengths} lengths
 * @returns {boolean} whether any of them wears or wore one
 */
export function wearIn(main, lengths) {
  const before = worn;
  worn = new Map(
    Object.entries(lengths).flatMap(([key, sets]) =>
      nodesOf(main, key).map((node) => /** @type {const} */ ([node, sets])),
    ),
  );
  for (const [node, sets] of before) {
    for (const css of Object.keys(sets)) if (!worn.get(node)?.[css]) node.style.removeProperty(css);
    if (!node.getAttribute("style")) node.removeAttribute("style");
  }
  for (const [node, sets] of worn)
    for (const [css, length] of Object.entries(sets)) node.style.setProperty(css, length);
  return before.size + worn.size > 0;
}

/** In a list an element has a node in each cell. @param {Element} main @param {string} key @returns {HTMLElement[]} */
const nodesOf = (main, key) =>
  [...main.querySelectorAll(`[data-el="${CSS.escape(key)}"]`)].map((each) => /** @type {HTMLElement} */ (each));
