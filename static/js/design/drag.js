// @ts-check
/**
 * A drag, one at a time: of elements from the canvas, their handle or the tree, or of a new element from the palette.
 * The target is the canvas or the tree; a line shows where, or a message why not. Esc cancels, Alt copies; touch
 * requires a long press. In a fixed group it goes wherever it is put (`design/drag_fixed`).
 *
 *   begin({ load, from, held, armed: false, finger, capture });     // design/drag_press: once the pointer moves
 *   arm({ moving: [], type: "button", label: "Button", icon });     // a click on the page puts it there
 *
 * @typedef {{ moving: string[], type?: string, label?: string, icon?: string, done?: () => void }} Load
 * @typedef {import("design/drop").Point} Point
 * @typedef {import("design/drag_fixed").Held} Held
 * @typedef {import("design/drag_fixed").Grip} Grip
 * @typedef {{ load: Load, from: Point, at: Point, held: Held, lifted: boolean, armed: boolean, finger: boolean,
 *   grip: Grip, end: AbortController, capture: () => void }} Now
 */
import { ignoreClick, ignoreRelease, onEscape } from "lib/escape";
import { aim } from "design/drag_aim";
import { gripOf } from "design/drag_fixed";
import { hideMarks } from "design/drag_marks";
import { follow, rest } from "design/drag_scroll";
import { letGo } from "design/fixed";
import { FAR, frame, pointOf, underAt } from "design/ground";
import { WANDERS } from "design/hold";
import { put } from "design/put";

const KEYS = ["Alt", "Shift", "Control", "Meta"];

/** @type {Now | null} */
let now = null;
let asked = 0;
/** @type {any} */
let drop = null;

/** Whether something is being dragged, so that a press must not select. */
export const isDragging = () => Boolean(now?.lifted);

/** @param {Load} load */
export function arm(load) {
  begin({ load, from: { x: 0, y: 0 }, held: heldAt({}), armed: true, finger: false, capture: () => {} });
  document.getElementById("stage")?.toggleAttribute("data-armed", true);
}

/** The meaning of the keys held during an event. @param {any} event @returns {Held} */
export const heldAt = ({ altKey = false, shiftKey = false, ctrlKey = false, metaKey = false }) => ({
  alt: altKey,
  shift: shiftKey,
  free: ctrlKey || metaKey,
});

/** @param {Omit<Now, "at" | "lifted" | "grip" | "end">} what */
export function begin(what) {
  cancel();
  const [end, { armed }] = [new AbortController(), what];
  now = { ...what, at: what.from, lifted: armed, grip: gripOf(what.load, what.from), end };
  // While armed, touch can scroll to the target.
  const last = armed ? { pointerdown: pressedArmed } : { pointercancel: cancel };
  const heard = Object.entries({ pointermove: moved, pointerup: released, keydown: key, keyup: key, ...last });
  for (const view of views())
    for (const [name, listener] of heard) view.addEventListener(name, listener, { signal: end.signal, capture: true });
  if (armed) onEscape(escaped, end.signal, views());
}

const views = () => [window, /** @type {Window} */ (frame().contentWindow)];

/** Cancel the drag. */
export function cancel() {
  if (!now) return;
  const { load, grip, end } = now;
  now = drop = null;
  letGo(grip.taken);
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
  now.held = heldAt(event);
  if (now.lifted) asked ||= requestAnimationFrame(look);
  else if (!isNear(now)) lift();
}

/** Start moving: the pointer is captured only now, so that until then a click remains a click. */
export function lift() {
  if (!now) return;
  now.capture();
  onEscape(escaped, now.end.signal, views());
  now.lifted = true;
  // The palette may overlay the page.
  if (now.load.type) document.dispatchEvent(new CustomEvent("sw-aside"));
  asked ||= requestAnimationFrame(look);
}

/** Update where it would go. */
function look() {
  asked = 0;
  if (!now?.lifted) return;
  const aimed = aim(now);
  drop = aimed.drop;
  follow(now.at, aimed.where, () => (asked ||= requestAnimationFrame(look)));
}

function released(/** @type {any} */ event) {
  // A long press without movement is not a drag.
  if (!now?.lifted || (now.finger && isNear(now))) return cancel();
  now.at = pointOf(event);
  look();
  const [{ load, held }, place] = [now, drop];
  // The press that armed a tile may be released over the palette.
  if (now.armed && !underAt(now.at).where) return;
  // A drop is not a click on what is there.
  ignoreClick(event.view);
  event.stopPropagation();
  cancel();
  if (place && !place.refused && !place.stays) put(load, held.alt, place);
}

function pressedArmed(/** @type {any} */ event) {
  const { where } = underAt(pointOf(event));
  // Tiles handle their own presses.
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
  if (!KEYS.includes(event.key) || !now) return;
  now.held = heldAt(event);
  asked ||= requestAnimationFrame(look);
}
