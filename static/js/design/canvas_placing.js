// @ts-check
/**
 * Places elements on the canvas before the server has drawn them there (design/ahead). The content of cells and tabs is
 * left to the server, as elements there are drawn several times, or with something added.
 *
 *   takes(drawn, "el_action");                    // whether it is a plain container, as the server drew it
 *   place(main, drawn, order, served, copies);
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

/** @param {Element} holder @returns {string[]} the keys of its children */
const keysIn = (holder) =>
  [...holder.children].map((each) => each.getAttribute("data-el") || "").filter((key) => key !== "");

/** @param {Element} drawn the page as the server drew it @param {string} key */
export const takes = (drawn, key) => isPlain(found(drawn, key));

/** @param {Element | null | undefined} own as the server drew it */
function isPlain(own) {
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
 * Put the content of every plain container into an order, also where nothing was foreseen: what somebody else moved may
 * have stood in another place ahead of that.
 * @param {Element} main the page @param {Element} drawn as the server drew it last
 * @param {import("design/foreseen").Order} order
 * @param {import("design/foreseen").Order} served the order in which the server drew it
 * @param {import("design/copies").Copies} copies
 */
export function place(main, drawn, order, served, copies) {
  const [nodes, olds] = [known(main, "data-el"), known(drawn, "data-el")];
  const placed = /** @type {[Element, Element[]][]} */ ([]);
  /** @param {string} child */
  const anew = (child) =>
    made(copies.has(child) ? copyOf(drawn, child, order, copies) : found(drawn, child), nodes, main);
  for (const [key, keys] of order) {
    const was = copies.get(key) || key;
    const [live, own] = [nodes.get(key), olds.get(was)];
    if (!live || !own) continue;
    const within = walk(order, key);
    if (!isPlain(own) && isTorn(live, own, within, walk(served, was), copies)) {
      for (const each of within) {
        if (each !== key) nodes.get(each)?.remove();
        nodes.delete(each);
      }
      live.replaceWith(anew(key) || "");
    }
    const holder = holderFor(live, own, served.get(was));
    if (!holder || isSame(keysIn(holder), keys)) continue;
    const children = keys.map((child) => nodes.get(child) || anew(child)).filter((each) => each !== null);
    stand(holder, children);
    placed.push([holder, children]);
  }
  // Remove what is in none of them any more.
  for (const [holder, children] of placed)
    for (const each of [...holder.children]) if (each.matches("[data-el]") && !children.includes(each)) each.remove();
}

/** @param {Element} root @returns {string[]} the keys of everything in it */
const elementsIn = (root) => [...root.querySelectorAll("[data-el]")].map((each) => each.getAttribute("data-el") || "");

/**
 * Whether a container that is not plain lacks some of its content, or has more: nothing ahead of the server changes it,
 * but what it contained may have been elsewhere ahead of that. A copy contains what was there when it was made.
 * @param {Element} live @param {Element} own as the server drew it
 * @param {string[]} within what it should contain, and itself @param {string[]} served the same of what the server drew
 * @param {import("design/copies").Copies} copies
 */
function isTorn(live, own, within, served, copies) {
  if (copies.has(within[0])) return !isSame([...new Set(elementsIn(live))].sort(), within.slice(1).sort());
  return isSame(within, served) && !isSame(elementsIn(live), elementsIn(own));
}

/** @param {string[]} some @param {string[]} others */
const isSame = (some, others) => String(some) === String(others);

/**
 * The node whose children are those of a container, if it is a plain one and the server draws all that is listed.
 * @param {Element} live @param {Element} own as the server drew it
 * @param {string[]} [listed]
 */
const holderFor = (live, own, listed = []) =>
  isPlain(own) && isSame(keysIn(holderIn(own)), listed) ? sameIn(live, own, holderIn(own)) : null;

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
