// @ts-check
/**
 * Plain text that grows before the caret: the last text node grows, or one more stands after it.
 *
 *     const text = new PlainText(box, caret)
 *     text.write("Leaf drop ", true)   // fades in
 *     text.end()
 */
const LONG = 500; // characters of one text node: all of one that grows is shaped anew

export class PlainText {
  #box;
  #caret;

  /** @param {HTMLElement} box @param {HTMLElement} caret */
  constructor(box, caret) {
    this.#box = box;
    this.#caret = caret;
    box.append(caret);
  }

  /** @param {string} text @param {boolean} fades whether it fades in */
  write(text, fades) {
    // Laying out a block with a node more takes longer than one in which a node has grown.
    const last = this.#caret.previousSibling;
    if (!fades && last instanceof Text && last.length < LONG) last.appendData(text);
    else this.#box.append(textNode(text, fades));
    // The caret is put in anew: as one that moved, the jump to the next line would count as the page's.
    this.#box.append(this.#caret);
  }

  end() {}

  clear() {
    this.#box.replaceChildren(this.#caret);
  }
}

/** A text node, in a wrapper that fades in once where asked. @param {string} text @param {boolean} fades */
export function textNode(text, fades) {
  const node = document.createTextNode(text);
  if (!fades) return node;
  const span = box("span", "sw-new");
  span.append(node);
  return span;
}

/** An empty box of a class. @param {string} tag @param {string} name */
export function box(tag, name) {
  const node = document.createElement(tag);
  node.className = name;
  return node;
}
