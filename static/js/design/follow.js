// @ts-check
/**
 * Updates the tab after every change, undo and redo without a reload: tree and canvas receive what has changed, panel
 * and status are morphed, so that scroll position, focus and what is being typed are kept. After a selection only the
 * panel is fetched.
 *
 *   document.addEventListener("sw-drawn", …)     // tree and canvas were just updated; `change` in its detail
 *   await drawn();                               // so was the panel
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
/** @import { Change } from "builder/views/changes" */
/** @import { Parts } from "builder/views/parts" */

const UNPAINTED_MS = 500;

const canvas = /** @type {HTMLElement} */ (document.getElementById("canvas"));
const panel = /** @type {HTMLElement} */ (document.getElementById("panel"));
// Each is cancelled by a newer one of its kind: a selection does not cancel a redraw.
let followed = new AbortController();
let asked = new AbortController();
/** The latest update. */
let drawing = Promise.resolve();

onChanged((change) => {
  if (!change.go) drawing = follow(change);
});

onLook(() => (drawing = follow({})));

onSelect((_, isDrawn) => {
  if (!isDrawn) drawing = show();
});

/** Wait until no update is pending; one that is superseded by a newer one ends with it. */
export async function drawn() {
  for (let last; last !== drawing; await last) last = drawing;
}

/** Show the panel of the selection; for several elements, their common one. */
async function show() {
  asked.abort();
  asked = new AbortController();
  const parts = await ask(`only=panel&${which()}`, asked.signal);
  if (parts) drawPanel(parts.panel);
}

/**
 * Update the same panel after the next frame, so that the canvas shows the change first.
 * @param {string} html
 */
async function showLater(html) {
  asked = new AbortController();
  const { signal } = asked;
  await painted();
  if (!signal.aborted) drawPanel(html);
}

/** Wait for the next frame; if nothing is painted, as in a hidden tab, for a short time. */
const painted = () =>
  new Promise((done) => {
    requestAnimationFrame(() => setTimeout(done));
    setTimeout(done, UNPAINTED_MS);
  });

/** @returns {string} the query for the selection's panel */
function which() {
  const nodes = selection();
  return `node=${selected()}&scope=${scope()}&show=${shown()}${nodes.length > 1 ? `&nodes=${nodes.join(",")}` : ""}`;
}

/** @returns {string} the breakpoint and conditions that canvas and panel are drawn for */
const seen = () => `${scope() || "base"}|${shown().sort()}`;

/** @param {Change} change its response, which may contain the parts and what to select */
async function follow(change) {
  const before = new Set(keys(allRows()));
  followed.abort();
  followed = new AbortController();
  const parts = change.parts || (await ask(`${which()}&${new URLSearchParams(marks())}`, followed.signal, true));
  if (!parts) return;
  if (parts.gone) return location.assign(parts.gone);
  // The parts are for an older state, another breakpoint or other conditions.
  const { tree, canvas } = marks();
  if (!fits(parts.tree, tree) || !fits(parts.canvas, canvas) || parts.seen !== seen())
    return follow({ ...change, parts: undefined });
  // The selection may have changed meanwhile. If it is gone, select what contained it.
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
  const isTakenBack = change.verb === "undo" || change.verb === "redo";
  if (isOf(parts.panel) && !isTakenBack) return showLater(parts.panel);
  drawPanel(parts.panel, isTakenBack);
}

/**
 * Whether pieces apply to the current state.
 * @param {{ base: string, mark: string }} parts @param {string} mark the mark of the current state
 */
const fits = ({ base, mark: next }, mark) => !base || base === mark || next === mark;

/**
 * @param {string} query @param {AbortSignal} signal aborted by a newer request
 * @param {boolean} [again] whether to retry once after a failure
 * @returns {Promise<Parts | undefined>} undefined if superseded by a newer request
 */
async function ask(query, signal, again = false) {
  try {
    return await get(`${canvas.dataset.url}parts/?${query}`, { signal });
  } catch (/** @type {any} */ failure) {
    if (failure.name === "AbortError") return;
    if (!again) return void toast(failure);
    await reachable();
    return ask(query, signal);
  }
}

/** Whether it is a panel of the same element as the current one. @param {string} html */
const isOf = (html) =>
  html.includes(`data-node="${/** @type {HTMLElement | null} */ (panel.firstElementChild)?.dataset.node}" data-copied`);

/**
 * After an undo, update the focused control as well, unless it is a text field.
 * @param {string} html @param {boolean} [isTakenBack]
 */
function drawPanel(html, isTakenBack = false) {
  const isChosen = document.activeElement?.matches("select, [type=checkbox], [type=radio]");
  if (isOf(html)) morphInto(panel, html, !(isTakenBack && isChosen));
  else panel.innerHTML = html;
  panel.dispatchEvent(new CustomEvent("sw-drawn"));
}
