// @ts-check
/**
 * Draws anew what has changed and leaves the rest alone. The server sends what it draws in pieces, one an element, with
 * holes where others stand: those that are others than before. They are compared with what it drew last, and the page
 * gets the difference. Scroll, focus and what scripts have added stay where nothing changed.
 *
 *   const drawing = new Redraw("data-el");
 *   drawing.begin(main);                   // as the server drew it
 *   // `main` stays the same node:
 *   drawing.draw(main, { el_k3x9q2: "<div …><template data-hole data-el=…></template></div>" });
 */
import { attributes, holesIn, isHole, isOnlyElements, parsed } from "design/nodes";

export class Redraw {
  /** @param {string} key the attribute by which an element is known wherever it goes */
  constructor(key) {
    this.#key = key;
  }

  #key;
  /** @type {Element | null} */
  #old = null;
  /** @type {Map<string, Element | null>} */
  #oldAt = new Map();
  /** @type {Map<string, Element | null>} */
  #liveAt = new Map();
  /** @type {Map<string, Element>} */
  #pieces = new Map();
  #isWhole = true;

  /** @param {Element} live as it came from the server */
  begin(live) {
    this.#old = /** @type {Element} */ (live.cloneNode(true));
  }

  /** @param {Element} live @param {Record<string, string>} pieces by their keys
   * @returns {boolean} whether nothing is missing */
  draw(live, pieces) {
    if (!this.#old) return false;
    this.#oldAt = this.#known(this.#old);
    this.#liveAt = this.#known(live);
    this.#pieces = new Map(Object.entries(pieces).map(([key, html]) => [key, parsed(live, html)]));
    this.#isWhole = true;
    const places = [...this.#pieces.keys()].map((key) => [this.#liveAt.get(key), this.#oldAt.get(key)]);
    // What is new is made where the hole for it is.
    for (const [at, next] of [...this.#pieces.values()].entries()) {
      const [there, was] = places[at];
      if (there && was) this.#patch(there, was, next);
    }
    this.#keep();
    return this.#isWhole;
  }

  /** The pieces take their places in what the server drew last. */
  #keep() {
    for (const piece of this.#pieces.values()) {
      for (const hole of holesIn(piece))
        hole.replaceWith(this.#pieces.get(this.#of(hole)) || this.#oldAt.get(this.#of(hole)) || hole);
    }
    for (const [key, piece] of this.#pieces) {
      const was = this.#oldAt.get(key);
      if (was === this.#old) this.#old = piece;
      else if (!piece.parentNode) was?.replaceWith(piece);
    }
  }

  /** Elements by their key; null for a key that stands in several places. @param {Element} root */
  #known(root) {
    const found = /** @type {Map<string, Element | null>} */ (new Map([[this.#of(root), root]]));
    for (const each of root.querySelectorAll(`[${this.#key}]`)) {
      const key = this.#of(each);
      found.set(key, found.has(key) ? null : each);
    }
    return found;
  }

  /** @param {Element} element */
  #of = (element) => element.getAttribute(this.#key) || "";

  /** @param {Element} live @param {Element} old @param {Element} next */
  #patch(live, old, next) {
    if (isHole(next) || old.isEqualNode(next) || live.hasAttribute("contenteditable")) return;
    if (live.localName !== next.localName) return live.replaceWith(this.#made(live, next));
    attributes(live, old, next);
    const [before, after] = [[...old.children], [...next.children]];
    if (isOnlyElements(old) && isOnlyElements(next) && [...before, ...after].every((each) => this.#of(each)))
      return this.#arrange(live, before, after);
    const pairs = live.childNodes.length === old.childNodes.length && old.childNodes.length === next.childNodes.length;
    const fits = (/** @type {Node} */ node, /** @type {number} */ at) =>
      this.#fits(node, old.childNodes[at]) && this.#fits(node, live.childNodes[at]);
    if (!pairs || ![...next.childNodes].every(fits))
      return live.replaceChildren(...[...next.childNodes].map((node) => this.#made(live, node)));
    const nodes = /** @type {any[]} */ ([...live.childNodes]);
    for (const [at, node] of /** @type {any[]} */ ([...next.childNodes]).entries()) {
      const was = /** @type {any} */ (old.childNodes[at]);
      if (node.nodeType === 1) this.#patch(nodes[at], was, node);
      else if (![nodes[at].nodeValue, was.nodeValue].includes(node.nodeValue)) nodes[at].nodeValue = node.nodeValue;
    }
  }

  /** Whether a node can become another one, or is the hole for it. @param {any} next @param {any} node */
  #fits = (next, node) =>
    isHole(next) ? node.nodeType === 1 && this.#of(node) === this.#of(next) : next.nodeName === node.nodeName;

  /** Children by their keys: those that stay or come from elsewhere are the same nodes as before. @param {Element} live
   * @param {Element[]} before @param {Element[]} after */
  #arrange(live, before, after) {
    const own = new Map([...live.children].map((each) => [this.#of(each), each]));
    const known = new Map(before.map((each) => [this.#of(each), each]));
    const wanted = new Set(after.map(this.#of));
    for (const [key, each] of own) if (!wanted.has(key)) each.remove();
    let at = live.firstElementChild;
    for (const next of after) {
      const key = this.#of(next);
      const [there, was] = [own.get(key) || this.#liveAt.get(key), known.get(key) || this.#oldAt.get(key)];
      const isSame = there && was && (isHole(next) || there.localName === next.localName);
      const child = isSame ? there : this.#made(live, next);
      if (child !== at) live.insertBefore(child, at);
      else at = child.nextElementSibling;
      if (!isSame || isHole(next)) continue;
      this.#patch(there, was, next);
      // In a list it stands in several cells.
      this.#liveAt.delete(key);
    }
    while (at) {
      const gone = at;
      at = at.nextElementSibling;
      gone.remove();
    }
  }

  /**
   * A node for the page; in its holes stands what is there already, or what is new.
   * @param {Element} live @param {any} node
   * @returns {any}
   */
  #made(live, node) {
    if (!isHole(node)) {
      const made = live.ownerDocument.importNode(node, true);
      if (made.nodeType === 1) for (const hole of holesIn(made)) hole.replaceWith(this.#made(live, hole));
      return made;
    }
    const [there, piece] = [this.#liveAt.get(this.#of(node)), this.#pieces.get(this.#of(node))];
    if (!there && !piece) this.#isWhole = false;
    return there || (piece ? this.#made(live, piece) : "");
  }
}
