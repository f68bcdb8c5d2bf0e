// @ts-check
/**
 * Plain text that grows before the caret: the last text node grows, or another one is added.
 *
 *     const text = new PlainText(box, caret)
 *     text.write("Leaf drop ", true)   // fades in
 *     text.end()
 */
const LONG = 500; // characters of a text node: a growing one is reshaped as a whole

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
    // Growing a node is cheaper to lay out than adding one.
    const last = this.#caret.previousSibling;
    if (!fades && last instanceof Text && last.length < LONG) last.appendData(text);
    else this.#box.append(textNode(text, fades));
    // Re-insert the caret: if it moved, its jump to the next line would count as a layout shift.
    this.#box.append(this.#caret);
  }

  end() {}

  clear() {
    this.#box.replaceChildren(this.#caret);
  }
}

/** A text node, optionally in a wrapper that fades in once. @param {string} text @param {boolean} fades */
export function textNode(text, fades) {
  const node = document.createTextNode(text);
  if (!fades) return node;
  const span = box("span", "sw-new");
  span.append(node);
  return span;
}

/** An empty element with a class. @param {string} tag @param {string} name */
export function box(tag, name) {
  const node = document.createElement(tag);
  node.className = name;
  return node;
}
