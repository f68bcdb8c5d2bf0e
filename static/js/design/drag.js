// @ts-check
/**
 * One drag at a time: of elements from the canvas, their handle or the tree, of a new element from the palette. It goes
 * to the canvas or the tree; a line shows where, and why not where it cannot. Esc cancels, Alt copies; a finger rests
 * first.
 *
 *   begin({ load, from, alt, armed: false, finger, capture });      // design/drag_press: once the pointer moves
 *   arm({ moving: [], type: "button", label: "Button", icon });     // a press on the page puts it there
 *
 * @typedef {{ moving: string[], type?: string, label?: string, icon?: string, done?: () => void }} Load
 * @typedef {import("design/drop").Point} Point
 * @typedef {{ load: Load, from: Point, at: Point, alt: boolean, lifted: boolean, armed: boolean, finger: boolean,
 *   end: AbortController, capture: () => void }} Now
 */
import { ignoreClick, ignoreRelease, onEscape } from "lib/escape";
import { aim } from "design/drag_aim";
import { hideMarks } from "design/drag_marks";
import { follow, rest } from "design/drag_scroll";
import { FAR, frame, pointOf, underAt } from "design/ground";
import { WANDERS } from "design/hold";
import { put } from "design/put";

/** @type {Now | null} */
let now = null;
let asked = 0;
/** @type {any} */
let drop = null;

/** Whether something is on its way, so that a press selects nothing. */
export const isDragging = () => Boolean(now?.lifted);

/** @param {Load} load */
export function arm(load) {
  begin({ load, from: { x: 0, y: 0 }, alt: false, armed: true, finger: false, capture: () => {} });
  document.getElementById("stage")?.toggleAttribute("data-armed", true);
}

/** @param {Omit<Now, "at" | "lifted" | "end">} what */
export function begin(what) {
  cancel();
  const [end, { armed }] = [new AbortController(), what];
  now = { ...what, at: what.from, lifted: armed, end };
  // A finger may scroll to the place for what is armed.
  const last = armed ? { pointerdown: pressedArmed } : { pointercancel: cancel };
  const heard = Object.entries({ pointermove: moved, pointerup: released, keydown: key, keyup: key, ...last });
  for (const view of views())
    for (const [name, listener] of heard) view.addEventListener(name, listener, { signal: end.signal, capture: true });
  if (armed) onEscape(escaped, end.signal, views());
}

const views = () => [window, /** @type {Window} */ (frame().contentWindow)];

/** Nothing has moved, nothing will. */
export function cancel() {
  if (!now) return;
  const { load, end } = now;
  now = drop = null;
  end.abort();
  cancelAnimationFrame(asked);
  asked = 0;
  rest();
  hideMarks();
  document.getElementById("stage")?.removeAttribute("data-armed");
  load.done?.();
}

/** @param {Now} now */
const isNear = ({ at, from, finger }) => Math.hypot(at.x - from.x, at.y - from.y) < (finger ? WANDERS : FAR);

function moved(/** @type {any} */ event) {
  if (!now) return;
  now.at = pointOf(event);
  now.alt = event.altKey;
  if (now.lifted) asked ||= requestAnimationFrame(look);
  else if (!isNear(now)) lift();
}

/** From now on the pointer is heard wherever it is; before, a click is a click on what it hits. */
export function lift() {
  if (!now) return;
  now.capture();
  onEscape(escaped, now.end.signal, views());
  now.lifted = true;
  // What it is taken from may lie over the page.
  if (now.load.type) document.dispatchEvent(new CustomEvent("sw-aside"));
  asked ||= requestAnimationFrame(look);
}

/** Where it would go by now. */
function look() {
  asked = 0;
  if (!now?.lifted) return;
  const aimed = aim(now);
  drop = aimed.drop;
  follow(now.at, aimed.where, () => (asked ||= requestAnimationFrame(look)));
}

function released(/** @type {any} */ event) {
  // A finger that only rested has pressed.
  if (!now?.lifted || (now.finger && isNear(now))) return cancel();
  now.at = pointOf(event);
  look();
  const [{ load, alt }, place] = [now, drop];
  // The press of an armed tile may come up again over the palette.
  if (now.armed && !underAt(now.at).where) return;
  // What is let go is no click on what lies there.
  ignoreClick(event.view);
  event.stopPropagation();
  cancel();
  if (place && !place.refused && !place.stays) put(load, alt, place);
}

function pressedArmed(/** @type {any} */ event) {
  const { where } = underAt(pointOf(event));
  // A tile answers for itself.
  if (!where) return event.target.closest?.("sw-palette") ? undefined : cancel();
  event.preventDefault();
  event.stopPropagation();
}

function escaped() {
  cancel();
  for (const view of views()) ignoreRelease(view);
}

/** @param {KeyboardEvent} event */
function key(event) {
  if (event.key !== "Alt" || !now) return;
  now.alt = event.type === "keydown";
  asked ||= requestAnimationFrame(look);
}
