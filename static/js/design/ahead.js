// @ts-check
/**
 * Optimistic updates: gestures are shown before the server has answered. Their effect on the page's order and on
 * lengths is predicted; until the response is drawn, canvas and tree show what the server drew last with all pending
 * predictions applied. A response replaces its prediction, a refusal reverts it: what is shown is recomputed each time,
 * and the server always has the last word.
 *
 *   const step = foresee({ do: "move", nodes: ["el_k3x9q2"], way: "up" });      // already shown; null: not predicted
 *   tryOut({ el_k3x9q2: { "--x": "120px" } });    // until a gesture says it, or until tryOut({})
 *   answered(step, answer);      // no longer pending once the response is drawn
 *   takeBack(step);              // it was refused
 *   settle();                    // the server has drawn
 */
import { foreseen } from "design/foreseen";
import { copiesIn } from "design/copies";
import { lengthsAt, together } from "design/lengths";
import { scope } from "design/scope";
import { selectAll, selected, selection } from "design/selection";
import { placeRows, served } from "design/tree_drawing";

/**
 * @typedef {import("design/foreseen").Order} Order
 * @typedef {{ select: string, selection: string[] }} Selected
 * @typedef {import("design/lengths").Lengths} Lengths
 * @typedef {{ said: any, lengths: Lengths, isAnswered: boolean, select: string, before: Selected }} Step
 */

const canvas = /** @type {any} */ (document.getElementById("canvas"));

/** @type {Step[]} in the order in which they were made */
let steps = [];
/** The containers whose content differs from what the server drew. @type {Set<string>} */
let touched = new Set();
/** What is still being stepped to. @type {Lengths} */
let tried = {};

/**
 * Show the predicted effect of a gesture, if both canvas and tree can.
 * @param {object} said as sent to the server
 * @param {Lengths} [lengths] that it sets
 * @returns {Step | null}
 */
export function foresee(said, lengths = {}) {
  const next = possible(wanted(served()), said);
  const before = { select: selected(), selection: selection() };
  const all = together([lengthsAt(next?.places), lengths]);
  const step = { said, lengths: all, isAnswered: false, select: next?.select || before.select, before };
  const isSeen = next || Object.keys(all).length;
  if (isSeen) steps.push(step);
  show();
  if (!next) return isSeen ? step : null;
  document.dispatchEvent(new CustomEvent("sw-ahead"));
  // The response contains the panel.
  selectAll(next.selection, next.select, true);
  return step;
}

/** @param {Lengths} lengths that nobody has sent yet; in place of those before */
export function tryOut(lengths) {
  tried = lengths;
  canvas.wear?.(worn());
}

/**
 * Handle the response, before it is followed. The current selection was made since, so it is kept.
 * @param {Step | null} step @param {any} answer
 */
export function answered(step, answer) {
  if (!step) return answer;
  step.isAnswered = true;
  return { ...answer, select: "", selection: [] };
}

/** @param {Step | null} step */
export function takeBack(step) {
  if (!step) return;
  // A copy is gone afterwards.
  const isThere = selected() === step.select;
  steps = steps.filter((each) => each !== step);
  show();
  const { select, selection: all } = isThere ? step.before : { select: selected(), selection: selection() };
  selectAll(all, select, select === selected());
}

/** The server's HTML was drawn, and includes all answered steps. */
export function settle() {
  steps = steps.filter((step) => !step.isAnswered);
  show();
}

/** @param {Order} order as the server drew it @returns {Order} with all pending steps applied */
const wanted = (order) => steps.reduce((now, { said }) => possible(now, said)?.order || now, order);

/** The effect of a gesture, if the canvas can show it. @param {Order} now @param {object} said */
function possible(now, said) {
  const next = foreseen(now, said);
  // What is copied brings containers of its own along.
  const changed = next && differing(now, next.order).filter((key) => now.has(key));
  return changed && canvas.takes?.(changed) ? next : null;
}

/** The lengths at the width of the canvas, as far as the server has not drawn them. @returns {Lengths} */
const worn = () =>
  together([...steps.filter(({ said }) => (said.at || "") === scope()).map(({ lengths }) => lengths), tried]);

function show() {
  showOrder();
  canvas.wear?.(worn());
}

function showOrder() {
  if (!steps.length && !touched.size) return;
  const was = served();
  const now = wanted(was);
  const others = differing(was, now);
  const all = new Set([...touched, ...others]);
  touched = new Set(others.filter((key) => was.has(key)));
  if (!all.size) return;
  const copies = copiesIn(steps.map(({ said }) => said));
  placeRows(now, all, copies);
  canvas.place(now, was, copies);
}

/** @param {Order} was @param {Order} now @returns {string[]} the containers whose content differs */
const differing = (was, now) =>
  [...now].filter(([key, children]) => String(children) !== String(was.get(key))).map(([key]) => key);

// A page loaded into the frame is as the server drew it.
canvas.addEventListener("sw-attached", show);
