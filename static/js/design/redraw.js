// @ts-check
/**
 * Draws anew what has changed and leaves the rest alone: what the server drew last is compared with what it draws now,
 * and the page gets the difference. Scroll, focus and what scripts have added stay where nothing changed.
 *
 *   const drawing = new Redraw("data-el");
 *   drawing.begin(main);                   // as the server drew it
 *   drawing.draw(main, html);              // as it draws it now; `main` stays the same node
 */
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

  /** @param {Element} live as it came from the server */
  begin(live) {
    this.#old = /** @type {Element} */ (live.cloneNode(true));
  }

  /** @param {Element} live @param {string} html one element */
  draw(live, html) {
    const template = live.ownerDocument.createElement("template");
    template.innerHTML = html.trim();
    const next = template.content.firstElementChild;
    if (!next || !this.#old) return;
    this.#oldAt = this.#known(this.#old);
    this.#liveAt = this.#known(live);
    this.#patch(live, this.#old, next);
    this.#old = next;
  }

  /** Elements by their key; null for a key that stands in several places. @param {Element} root */
  #known(root) {
    const found = /** @type {Map<string, Element | null>} */ (new Map());
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
    if (old.isEqualNode(next) || live.hasAttribute("contenteditable")) return;
    if (live.localName !== next.localName) return live.replaceWith(this.#made(live, next));
    attributes(live, old, next);
    const [before, after] = [[...old.children], [...next.children]];
    if (isOnlyElements(old) && isOnlyElements(next) && [...before, ...after].every((each) => this.#of(each))) return this.#arrange(live, before, after);
    const pairs = live.childNodes.length === old.childNodes.length && old.childNodes.length === next.childNodes.length;
    const alike = pairs && [...next.childNodes].every((node, at) => node.nodeName === old.childNodes[at].nodeName && node.nodeName === live.childNodes[at].nodeName);
    if (!alike) return live.replaceChildren(...[...next.childNodes].map((node) => this.#made(live, node)));
    const nodes = [...live.childNodes];
    for (const [at, node] of [...next.childNodes].entries()) {
      if (node.nodeType === 1) this.#patch(/** @type {Element} */ (nodes[at]), /** @type {Element} */ (old.childNodes[at]), /** @type {Element} */ (node));
      else if (nodes[at].nodeValue !== node.nodeValue && old.childNodes[at].nodeValue !== node.nodeValue) nodes[at].nodeValue = node.nodeValue;
    }
  }

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
      const isSame = there && was && there.localName === next.localName;
      const child = isSame ? there : this.#made(live, next);
      if (child !== at) live.insertBefore(child, at);
      else at = at.nextElementSibling;
      if (isSame) this.#patch(there, was, next);
    }
    while (at) {
      const gone = at;
      at = at.nextElementSibling;
      gone.remove();
    }
  }

  /** @param {Element} live @param {Node} node @returns {any} */
  #made = (live, node) => live.ownerDocument.importNode(node, true);
}

/** Whether nothing but elements stands in it. @param {Element} element */
const isOnlyElements = (element) => [...element.childNodes].every((node) => node.nodeType === 1 || (node.nodeType === 3 && !node.nodeValue?.trim()));

/** What the server has changed; what scripts have set beside it stays. @param {Element} live @param {Element} old @param {Element} next */
function attributes(live, old, next) {
  for (const { name, value } of next.attributes) if (old.getAttribute(name) !== value) live.setAttribute(name, value);
  for (const { name } of old.attributes) if (!next.hasAttribute(name)) live.removeAttribute(name);
}
