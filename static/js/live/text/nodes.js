// @ts-check
/**
 * The nodes that Markdown may produce: a renderer for the parser of streaming-markdown.
 *
 *     parser(new AllowedNodes(box).renderer)
 *
 * Text only ever becomes text nodes. Images are replaced by their descriptions. A link is kept if its URL is absolute
 * and of an allowed scheme; it opens in a new tab and shows its host.
 */

import { Attr, Token } from "streaming-markdown";
import { box, textNode } from "./plain.js";

const SCHEMES = ["http:", "https:", "mailto:"];

/** Headings of a text rank below the page's own title. @type {Record<number, string>} */
const TAGS = {
  [Token.Paragraph]: "p",
  [Token.Heading_1]: "h2",
  [Token.Heading_2]: "h3",
  [Token.Heading_3]: "h4",
  [Token.Heading_4]: "h5",
  [Token.Heading_5]: "h6",
  [Token.Heading_6]: "h6",
  [Token.Blockquote]: "blockquote",
  [Token.Line_Break]: "br",
  [Token.Rule]: "hr",
  [Token.Italic_Ast]: "em",
  [Token.Italic_Und]: "em",
  [Token.Strong_Ast]: "strong",
  [Token.Strong_Und]: "strong",
  [Token.Strike]: "s",
  [Token.Code_Inline]: "code",
  [Token.Equation_Inline]: "code",
  [Token.Link]: "a",
  [Token.Raw_URL]: "a",
  [Token.List_Unordered]: "ul",
  [Token.List_Ordered]: "ol",
  [Token.List_Item]: "li",
  [Token.Table_Row]: "tr",
};

/** Nodes that can contain neither text nor a caret. */
const FRAMES = ["UL", "OL", "TABLE", "THEAD", "TBODY", "TR", "BR", "HR"];

export class AllowedNodes {
  /** @type {HTMLElement[]} the open nodes, from the box to the innermost */ #open;
  fades = false;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#open = [root];
    this.renderer = {
      data: this,
      add_token: (/** @type {AllowedNodes} */ nodes, /** @type {number} */ token) => nodes.#begin(token),
      end_token: (/** @type {AllowedNodes} */ nodes) => nodes.#end(),
      add_text: (/** @type {AllowedNodes} */ nodes, /** @type {string} */ text) => nodes.#text(text),
      set_attr: (/** @type {AllowedNodes} */ nodes, /** @type {number} */ name, /** @type {string} */ value) =>
        nodes.#attribute(name, value),
    };
  }

  /** The innermost open node that can contain text. */
  get line() {
    return this.#open.findLast((node) => !FRAMES.includes(node.tagName)) ?? this.#open[0];
  }

  get #here() {
    return this.#open[this.#open.length - 1];
  }

  #begin(/** @type {number} */ token) {
    if (token === Token.Document) return;
    if (token === Token.Table) return this.#enter("table", this.#enclosed("div", "sw-wide"));
    if (token === Token.Table_Row) return this.#enter("tr", this.#tablePart());
    if (token === Token.Table_Cell) return this.#enter(this.#here.parentElement?.tagName === "THEAD" ? "th" : "td");
    if (token === Token.Code_Block || token === Token.Code_Fence || token === Token.Equation_Block) {
      return this.#enter("code", this.#enclosed("pre", "sw-wide"));
    }
    if (token === Token.Image || token === Token.Checkbox) this.#enclose(token);
    else this.#enter(TAGS[token] ?? "span");
  }

  #end() {
    if (this.#open.length > 1) this.#open.pop();
  }

  #text(/** @type {string} */ text) {
    this.#here.append(textNode(text, this.fades));
  }

  #attribute(/** @type {number} */ name, /** @type {string} */ value) {
    if (name === Attr.Href) this.#link(value);
    else if (name === Attr.Lang) this.#here.dataset.lang = value.trim().slice(0, 40);
    else if (name === Attr.Start) this.#here.setAttribute("start", String(Number.parseInt(value, 10) || 1));
    else if (name === Attr.Checked) check(this.#here, true);
  }

  #link(/** @type {string} */ address) {
    const url = URL.canParse(address) ? new URL(address) : null;
    if (!url || !SCHEMES.includes(url.protocol)) return;
    this.#here.setAttribute("href", url.href);
    this.#here.setAttribute("rel", "noopener noreferrer nofollow ugc");
    this.#here.setAttribute("target", "_blank");
    if (!this.#here.textContent?.includes(url.host)) this.#here.dataset.host = url.host;
  }

  #enter(/** @type {string} */ tag, parent = this.#here) {
    const node = document.createElement(tag);
    parent.append(node);
    this.#open.push(node);
    return node;
  }

  #enclosed(/** @type {string} */ tag, /** @type {string} */ name) {
    const node = box(tag, name);
    // Wide blocks scroll on their own, also by keyboard.
    node.tabIndex = 0;
    this.#here.append(node);
    return node;
  }

  #enclose(/** @type {number} */ token) {
    const node = this.#enter("span");
    node.className = token === Token.Image ? "sw-picture" : "sw-check";
    if (token === Token.Checkbox) check(node, false);
  }

  #tablePart() {
    const parts = this.#here.children.length;
    if (parts > 1) return /** @type {HTMLElement} */ (this.#here.children[1]);
    const part = document.createElement(parts ? "tbody" : "thead");
    this.#here.append(part);
    return part;
  }
}

/** @param {HTMLElement} node @param {boolean} done */
function check(node, done) {
  node.setAttribute("role", "img");
  node.setAttribute("aria-label", done ? "done" : "to do");
}
