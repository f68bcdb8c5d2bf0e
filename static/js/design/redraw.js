// @ts-check
/**
 * Redraws what has changed and leaves the rest alone. The server sends changed pieces, one per element, with holes for
 * other pieces. They are compared with what it drew last, and the difference is applied to the page. Scroll position,
 * focus and what scripts have added are kept where nothing changed; nodes that are already in their places
 * (design/ahead) stay there.
 *
 *   const drawing = new Redraw("data-el");
 *   drawing.begin(main);                   // as the server drew it
 *   // `main` stays the same node:
 *   drawing.draw(main, { el_k3x9q2: "<div …><template data-hole data-el=…></template></div>" });
 */
import { attributes, fill, fits, holesIn, isHole, isOnlyElements, known, parsed, stand } from "design/nodes";

export class Redraw {
  /** @param {string} key the attribute with an element's key */
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
  /** @type {[Element, Element][]} parent and child that does not belong there */
  #leaving = [];
  #isWhole = true;

  /** What the server drew last, without local changes. */
  get drawn() {
    return this.#old;
  }

  /** @param {Element} live as received from the server */
  begin(live) {
    this.#old = /** @type {Element} */ (live.cloneNode(true));
  }

  /** @param {Element} live
   * @param {Record<string, string>} pieces by their keys @returns {boolean} false if something is missing */
  draw(live, pieces) {
    if (!this.#old) return false;
    this.#oldAt = known(this.#old, this.#key);
    this.#liveAt = known(live, this.#key);
    this.#pieces = new Map(Object.entries(pieces).map(([key, html]) => [key, parsed(live, html)]));
    this.#isWhole = true;
    // What was only shown ahead of the server (design/copies) gives way to what it draws.
    for (const key of this.#liveAt.keys()) if (!this.#oldAt.has(key)) this.#liveAt.delete(key);
    const places = [...this.#pieces.keys()].map((key) => [this.#liveAt.get(key), this.#oldAt.get(key)]);
    // New pieces are created at their holes.
    for (const [at, next] of [...this.#pieces.values()].entries()) {
      const [there, was] = places[at];
      if (there && was) this.#patch(there, was, next);
    }
    this.#keep();
    if (this.#leaving.length) this.#leave(known(live, this.#key), known(this.#old, this.#key));
    return this.#isWhole;
  }

  /** Insert the pieces into what the server drew last. */
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

  /** Remove leftover nodes, except those that were only moved ahead of the server.
   * @param {Map<string, Element | null>} live @param {Map<string, Element | null>} drawn */
  #leave(live, drawn) {
    for (const [around, each] of this.#leaving) {
      const isAhead = live.get(this.#of(each)) === each && drawn.has(this.#of(each));
      if (each.parentElement === around && !isAhead) each.remove();
    }
    this.#leaving = [];
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
    const isFit = (/** @type {Node} */ node, /** @type {number} */ at) =>
      [old, live].every(({ childNodes }) => fits(node, childNodes[at], this.#key));
    const made = (/** @type {any} */ node) => this.#made(live, node);
    if (!pairs || ![...next.childNodes].every(isFit)) return fill(live, [...next.childNodes].map(made));
    const nodes = /** @type {any[]} */ ([...live.childNodes]);
    for (const [at, node] of /** @type {any[]} */ ([...next.childNodes]).entries()) {
      const was = /** @type {any} */ (old.childNodes[at]);
      if (node.nodeType === 1) this.#patch(nodes[at], was, node);
      else if (![nodes[at].nodeValue, was.nodeValue].includes(node.nodeValue)) nodes[at].nodeValue = node.nodeValue;
    }
  }

  /** Arrange children by key: those that stay or come from elsewhere remain the same nodes.
   * @param {Element} live @param {Element[]} before @param {Element[]} after */
  #arrange(live, before, after) {
    const own = new Map([...live.children].map((each) => [this.#of(each), each]));
    const olds = new Map(before.map((each) => [this.#of(each), each]));
    const standing = after.map((next) => {
      const key = this.#of(next);
      const [there, was] = [own.get(key) || this.#liveAt.get(key), olds.get(key) || this.#oldAt.get(key)];
      const isSame = there && was && (isHole(next) || there.localName === next.localName);
      return { next, there, was, isSame, child: isSame ? there : this.#made(live, next) };
    });
    const children = new Set(standing.map(({ child }) => child).filter(Boolean));
    stand(live, [...children]);
    for (const each of live.children) if (!children.has(each)) this.#leaving.push([live, each]);
    for (const { next, there, was, isSame } of standing) {
      if (!isSame || isHole(next)) continue;
      this.#patch(/** @type {Element} */ (there), /** @type {Element} */ (was), next);
      // In a list it occurs in several cells.
      this.#liveAt.delete(this.#of(next));
    }
  }

  /** A node for the page, with its holes filled by existing nodes, new pieces, or what was drawn before.
   * @param {Element} live @param {any} node @returns {any} */
  #made(live, node) {
    if (!isHole(node)) {
      const made = live.ownerDocument.importNode(node, true);
      if (made.nodeType === 1) for (const hole of holesIn(made)) hole.replaceWith(this.#made(live, hole));
      return made;
    }
    const key = this.#of(node);
    const [there, was] = [this.#liveAt.get(key), this.#pieces.get(key) || this.#oldAt.get(key)];
    if (there) return there;
    if (was && !isHole(was)) return this.#made(live, was);
    this.#isWhole = false;
    return "";
  }
}
