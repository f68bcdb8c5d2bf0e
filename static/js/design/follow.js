// @ts-check
/**
 * After every change, undo and redo the tab follows without a reload: tree, panel, canvas and status are morphed, so
 * that scroll, focus and what is being typed stay. After a selection only the panel comes.
 *
 *   document.addEventListener("sw-drawn", …)     // the parts have just followed
 */
import { Idiomorph } from "idiomorph";
import { get } from "lib/http";
import { onChanged } from "lib/journal";
import { toast } from "lib/toast";
import { allRows, keys, parentOf, rowOf } from "design/rows";
import { onSelect, select, selected } from "design/selection";

const canvas = /** @type {HTMLElement} */ (document.getElementById("canvas"));
let asked = new AbortController();

onChanged((/** @type {any} */ change) => {
  if (!change.go) follow(change.parts, change.verb === "undo" || change.verb === "redo");
});

onSelect(async (key, drawn) => {
  if (drawn) return;
  const parts = await ask(`only=panel&node=${key}`);
  if (parts) drawPanel(parts.panel);
});

/** @param {any} brought what the answer brought along @param {boolean} isUndo whether what came back is selected */
async function follow(brought, isUndo) {
  const [before, at] = [new Set(keys(allRows())), selected()];
  asked.abort();
  const parts = brought || (await ask(`node=${at}`));
  if (!parts) return;
  if (parts.gone) return location.assign(parts.gone);
  const near = parentOf(at);
  drawTree(parts.tree);
  drawPanel(parts.panel);
  morph(document.getElementById("status"), parts.status);
  document.dispatchEvent(new CustomEvent("sw-drawn", { detail: parts }));
  const back = isUndo && keys(allRows()).find((key) => !before.has(key));
  select(parts.node, true);
  if (back) select(back);
  else if (!brought && parts.node !== at && rowOf(near)) select(near);
}

/** @param {string} query @returns {Promise<any>} undefined when something newer was asked */
async function ask(query) {
  asked.abort();
  asked = new AbortController();
  try {
    return await get(`${canvas.dataset.url}parts/?${query}`, { signal: asked.signal });
  } catch (/** @type {any} */ failure) {
    if (failure.name !== "AbortError") toast(failure);
  }
}

/** @param {string} html */
function drawTree(html) {
  const tree = /** @type {HTMLElement} */ (document.getElementById("tree"));
  const held = tree.contains(document.activeElement);
  morph(tree, html);
  if (held && !tree.contains(document.activeElement)) tree.toggleAttribute("data-lost-focus", true);
}

/** @param {string} html */
function drawPanel(html) {
  const panel = /** @type {HTMLElement} */ (document.getElementById("panel"));
  const shown = /** @type {HTMLElement | null} */ (panel.firstElementChild)?.dataset.node;
  if (html.includes(`data-node="${shown}" data-copied`)) morph(panel, html);
  else panel.innerHTML = html;
  panel.dispatchEvent(new CustomEvent("sw-drawn"));
}

/** @param {Element | null} element @param {string} html what stands in it from now on */
export function morph(element, html) {
  if (!element) return;
  Idiomorph.morph(element, html, {
    morphStyle: "innerHTML",
    ignoreActiveValue: element.id === "panel",
    callbacks: { beforeNodeMorphed: mayMorph, beforeAttributeUpdated: mayChange },
  });
}

/** What a hand is typing into stays as it is. @param {any} node */
const mayMorph = (node) => !(node.localName === "sw-expr" && node.isTyping);

/** An open menu stays open. @param {string} name @param {any} node @param {string} how */
const mayChange = (name, node, how) => !(how === "remove" && name === "aria-expanded" && node.localName === "button");

