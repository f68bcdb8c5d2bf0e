// @ts-check
/**
 * Nodes as the server draws them: pieces, and the holes in them where other pieces stand.
 *
 *   holesIn(parsed(main, "<div data-el=…><template data-hole data-el=…></template></div>"))
 */

/** @param {Element} live @param {string} html one element */
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

/** Whether a node can become another one, or is the hole for it. @param {any} next @param {any} node
 * @param {string} attribute that the key is in */
export const fits = (next, node, attribute) =>
  isHole(next)
    ? node.nodeType === 1 && (node.getAttribute(attribute) || "") === (next.getAttribute(attribute) || "")
    : next.nodeName === node.nodeName;

/** Elements by their key; null for a key that stands in several places. @param {Element} root
 * @param {string} attribute that the key is in */
export function known(root, attribute) {
  const found = /** @type {Map<string, Element | null>} */ (new Map([[root.getAttribute(attribute) || "", root]]));
  for (const each of root.querySelectorAll(`[${attribute}]`)) {
    const key = each.getAttribute(attribute) || "";
    found.set(key, found.has(key) ? null : each);
  }
  return found;
}

/** Whether nothing but elements stands in it. @param {Element} element */
export const isOnlyElements = (element) =>
  [...element.childNodes].every((node) => node.nodeType === 1 || (node.nodeType === 3 && !node.nodeValue?.trim()));

/**
 * What the server has changed; what scripts have set beside it stays.
 * @param {Element} live @param {Element} old @param {Element} next
 */
export function attributes(live, old, next) {
  for (const { name, value } of next.attributes) if (old.getAttribute(name) !== value) live.setAttribute(name, value);
  for (const { name } of old.attributes) if (!next.hasAttribute(name)) live.removeAttribute(name);
}

/**
 * Children in an order, by as few moves as it takes; others among them are left where they are. What is not moved keeps
 * its focus, its scroll and what is loaded in it.
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

/** These nodes and nothing else; what stands there already stays. @param {Element} parent @param {any[]} wanted */
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
 * The longest run of numbers that grow: those can stay where they are.
 * @param {number[]} places of those that are to stand one after the other; -1 for what is not there
 * @returns {Set<number>} which of them
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
