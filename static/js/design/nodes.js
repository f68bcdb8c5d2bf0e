// @ts-check
/**
 * Nodes as the server draws them: pieces, and holes in them for other pieces.
 *
 *   holesIn(parsed(main, "<div data-el=…><template data-hole data-el=…></template></div>"))
 */

/** @param {Element} live @param {string} html of one element */
export function parsed(live, html) {
  const template = live.ownerDocument.createElement("template");
  template.innerHTML = html.trim();
  const made = /** @type {Element} */ (template.content.firstElementChild);
  made.remove();
  return made;
}

/** @param {any} node @returns {boolean} */
export const isHole = (node) => node.localName === "template" && node.hasAttribute("data-hole");

/** @param {Element} element */
export const holesIn = (element) => element.querySelectorAll("template[data-hole]");

/** Whether a node can be changed into another one, or that one is the hole for it.
 * @param {any} next @param {any} node @param {string} attribute that has the key */
export const fits = (next, node, attribute) =>
  isHole(next)
    ? node.nodeType === 1 && (node.getAttribute(attribute) || "") === (next.getAttribute(attribute) || "")
    : next.nodeName === node.nodeName;

/** Elements by key; null for a key that occurs several times.
 * @param {Element} root @param {string} attribute that has the key */
export function known(root, attribute) {
  const found = /** @type {Map<string, Element | null>} */ (new Map([[root.getAttribute(attribute) || "", root]]));
  for (const each of root.querySelectorAll(`[${attribute}]`)) {
    const key = each.getAttribute(attribute) || "";
    found.set(key, found.has(key) ? null : each);
  }
  return found;
}

/** Whether it contains nothing but elements. @param {Element} element */
export const isOnlyElements = (element) =>
  [...element.childNodes].every((node) => node.nodeType === 1 || (node.nodeType === 3 && !node.nodeValue?.trim()));

/**
 * Apply the attributes that the server has changed; others set by scripts stay.
 * @param {Element} live @param {Element} old @param {Element} next
 */
export function attributes(live, old, next) {
  for (const { name, value } of next.attributes) if (old.getAttribute(name) !== value) live.setAttribute(name, value);
  for (const { name } of old.attributes) if (!next.hasAttribute(name)) live.removeAttribute(name);
}

/**
 * Put children into an order with as few moves as possible; other children are left where they are. Nodes that are not
 * moved keep their focus, scroll position and loaded content.
 * @param {Element} parent @param {Element[]} wanted
 */
export function stand(parent, wanted) {
  const places = new Map([...parent.childNodes].map((each, at) => [/** @type {Node} */ (each), at]));
  const stays = inOrder(wanted.map((each) => places.get(each) ?? -1));
  let next = /** @type {Element | null} */ (null);
  for (let at = wanted.length - 1; at >= 0; at -= 1) {
    if (!stays.has(at)) put(parent, wanted[at], next);
    next = wanted[at];
  }
}

/** Make these nodes the only children; existing ones stay. @param {Element} parent @param {any[]} wanted */
export function fill(parent, wanted) {
  const nodes = wanted.filter(Boolean);
  for (const each of [...parent.childNodes]) if (!nodes.includes(each)) each.remove();
  stand(parent, nodes);
}

/** @param {any} parent @param {Element} child @param {Element | null} next */
function put(parent, child, next) {
  const isThere = parent.isConnected && child.isConnected && child.ownerDocument === parent.ownerDocument;
  if (isThere && parent.moveBefore) parent.moveBefore(child, next);
  else parent.insertBefore(child, next);
}

/**
 * The longest increasing subsequence: its members can stay where they are.
 * @param {number[]} places the current positions of nodes in the wanted order; -1 for those not there
 * @returns {Set<number>} their indexes
 */
export function inOrder(places) {
  const [ends, before] = [/** @type {number[]} */ ([]), /** @type {number[]} */ ([])];
  for (const [at, place] of places.entries()) {
    if (place < 0) continue;
    let [from, to] = [0, ends.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (places[ends[middle]] < place) from = middle + 1;
      else to = middle;
    }
    before[at] = from ? ends[from - 1] : -1;
    ends[from] = at;
  }
  const found = /** @type {Set<number>} */ (new Set());
  for (let at = ends.at(-1) ?? -1; at >= 0; at = before[at]) found.add(at);
  return found;
}
