// @ts-check
/**
 * What hands have done is seen before the server has said so. What a gesture makes of the page's order is foreseen;
 * until its answer is drawn, canvas and tree show what the server drew last with all of these on top. An answer takes
 * their place, a refusal takes them back: what is shown is worked out anew each time; the end is what the server says.
 *
 *   const step = foresee({ do: "move", nodes: ["el_k3x9q2"], way: "up" });      // shown by now; null: not foreseen
 *   answered(step, answer);      // once the answer is drawn it is no longer ahead
 *   takeBack(step);              // it was refused
 *   settle();                    // the server has drawn
 */
import { foreseen } from "design/foreseen";
import { selectAll, selected, selection } from "design/selection";
import { placeRows, served } from "design/tree_drawing";

/**
 * @typedef {import("design/foreseen").Order} Order
 * @typedef {{ select: string, selection: string[] }} Selected
 * @typedef {{ said: object, isAnswered: boolean, select: string, before: Selected }} Step
 */

const canvas = /** @type {any} */ (document.getElementById("canvas"));

/** @type {Step[]} in the order they were done in */
let steps = [];
/** What stands otherwise than the server drew it. @type {Set<string>} */
let touched = new Set();

/**
 * Show what a gesture will come to, where canvas and tree both can.
 * @param {object} said as the server is told
 * @returns {Step | null}
 */
export function foresee(said) {
  const next = possible(wanted(served()), said);
  if (!next) return null;
  const before = { select: selected(), selection: selection() };
  const step = { said, isAnswered: false, select: next.select, before };
  steps.push(step);
  show();
  document.dispatchEvent(new CustomEvent("sw-ahead"));
  // The answer brings the panel.
  selectAll(next.selection, next.select, true);
  return step;
}

/**
 * The server did it, and is about to be followed. What is selected by then was chosen since.
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
  steps = steps.filter((each) => each !== step);
  show();
  const isThere = selected() === step.select;
  const { select, selection: all } = isThere ? step.before : { select: selected(), selection: selection() };
  selectAll(all, select, select === selected());
}

/** The server has drawn: what it has answered is in that. */
export function settle() {
  steps = steps.filter((step) => !step.isAnswered);
  show();
}

/** @param {Order} order as the server drew it @returns {Order} with all that is ahead of it */
const wanted = (order) => steps.reduce((now, { said }) => possible(now, said)?.order || now, order);

/** What a gesture comes to, where the canvas can show it. @param {Order} now @param {object} said */
function possible(now, said) {
  const next = foreseen(now, said);
  return next && canvas.takes?.(differing(now, next.order)) ? next : null;
}

function show() {
  if (!steps.length && !touched.size) return;
  const was = served();
  const now = wanted(was);
  const others = differing(was, now);
  const all = new Set([...touched, ...others]);
  touched = new Set(others);
  if (!all.size) return;
  placeRows(now, all);
  canvas.place(now, all);
}

/** @param {Order} was @param {Order} now @returns {string[]} those in which something else stands */
const differing = (was, now) =>
  [...now].filter(([key, children]) => String(children) !== String(was.get(key))).map(([key]) => key);

// A page that comes into the frame is as the server draws it.
canvas.addEventListener("sw-attached", show);
