// @ts-check
/**
 * After every change, undo and redo the tab follows without a reload: tree and canvas get what has changed, panel and
 * status are morphed, so that scroll, focus and what is being typed stay. After a selection only the panel comes.
 *
 *   document.addEventListener("sw-drawn", …)     // the parts have just followed, and `change` in the event's detail
 */
import { get, reachable } from "lib/http";
import { onChanged } from "lib/journal";
import { morphInto } from "lib/morph";
import { toast } from "lib/toast";
import { settle } from "design/ahead";
import { allRows, keys, marks, parentOf, rowOf } from "design/rows";
import { scope } from "design/scope";
import { onLook, shown } from "design/shown";
import { onSelect, selectAll, selected, selection } from "design/selection";
import { drawTree } from "design/tree_drawing";

const canvas = /** @type {HTMLElement} */ (document.getElementById("canvas"));
// Each gives way to a newer one of its kind: a selection takes no redraw back.
let followed = new AbortController();
let asked = new AbortController();

onChanged((/** @type {any} */ change) => {
  if (!change.go) follow(change);
});

onLook(() => follow({}));

onSelect((_, drawn) => {
  if (!drawn) show();
});

/** The panel of what is selected; of several elements their common one. */
async function show() {
  asked.abort();
  asked = new AbortController();
  const parts = await ask(`only=panel&${which()}`, asked.signal);
  if (parts) drawPanel(parts.panel);
}

/** @returns {string} what is selected, as the server is asked for its panel */
function which() {
  const nodes = selection();
  return `node=${selected()}&scope=${scope()}&show=${shown()}${nodes.length > 1 ? `&nodes=${nodes.join(",")}` : ""}`;
}

/** @returns {string} the breakpoint and the conditions that the canvas and the panel are drawn for */
const seen = () => `${scope() || "base"}|${shown().sort()}`;

/** @param {any} change the answer to it, which may have brought the parts and may say what to select */
async function follow(change) {
  const before = new Set(keys(allRows()));
  followed.abort();
  followed = new AbortController();
  const parts = change.parts || (await ask(`${which()}&${new URLSearchParams(marks())}`, followed.signal, true));
  if (!parts) return;
  if (parts.gone) return location.assign(parts.gone);
  // Sent while something else was drawn than is there now, or while one looked in another way.
  const { tree, canvas } = marks();
  if (!fits(parts.tree, tree) || !fits(parts.canvas, canvas) || parts.seen !== seen())
    return follow({ ...change, parts: undefined });
  // Meanwhile something else may have been selected. What is gone gives way to what was around it.
  const [at, near, all] = [selected(), parentOf(selected()), selection()];
  drawTree(parts.tree);
  morphInto(/** @type {HTMLElement} */ (document.getElementById("status")), parts.status, false);
  document.dispatchEvent(new CustomEvent("sw-drawn", { detail: { ...parts, change } }));
  settle();
  const back = change.verb === "undo" || change.verb === "redo" ? keys(allRows()).find((key) => !before.has(key)) : "";
  const next = change.select || back || (rowOf(at) ? at : near);
  const also = change.selection?.length ? change.selection : next === at ? all.filter(rowOf) : [];
  selectAll(also.length ? also : [next], next, true);
  if (parts.node !== selected() || String(parts.nodes) !== String(selection())) return show();
  asked.abort();
  drawPanel(parts.panel);
}

/**
 * Whether pieces make of what is there what is to be.
 * @param {{ base: string, mark: string }} parts @param {string} mark of what is there
 */
const fits = ({ base, mark: next }, mark) => !base || base === mark || next === mark;

/**
 * @param {string} query @param {AbortSignal} signal of what is newer
 * @param {boolean} [again] whether one failure is none
 * @returns {Promise<any>} undefined when something newer was asked
 */
async function ask(query, signal, again = false) {
  try {
    return await get(`${canvas.dataset.url}parts/?${query}`, { signal });
  } catch (/** @type {any} */ failure) {
    if (failure.name === "AbortError") return;
    if (!again) return toast(failure);
    await reachable();
    return ask(query, signal);
  }
}

/** @param {string} html */
function drawPanel(html) {
  const panel = /** @type {HTMLElement} */ (document.getElementById("panel"));
  const shown = /** @type {HTMLElement | null} */ (panel.firstElementChild)?.dataset.node;
  if (html.includes(`data-node="${shown}" data-copied`)) morphInto(panel, html);
  else panel.innerHTML = html;
  panel.dispatchEvent(new CustomEvent("sw-drawn"));
}
