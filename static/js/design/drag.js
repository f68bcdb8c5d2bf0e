// @ts-check
/**
 * One drag at a time: of elements from the canvas, their handle or the tree, of a new element from the palette. It goes
 * to the canvas or the tree; a line shows where, and why not where it cannot. Esc cancels, Alt copies.
 *
 *   press(event, { moving: ["el_k3x9q2"] });                        // becomes a drag once the pointer moves
 *   arm({ moving: [], type: "button", label: "Button", icon });     // a press on the page puts it there
 *
 * @typedef {{ moving: string[], type?: string, label?: string, icon?: string, done?: () => void }} Load
 */
import { ignoreClick, ignoreRelease, onEscape } from "lib/escape";
import { dropAt } from "design/drop";
import { dropInRows } from "design/drop_rows";
import { hideMarks, showMarks } from "design/drag_marks";
import { follow, rest } from "design/drag_scroll";
import { gesture } from "design/gestures";
import { FAR, frame, ground, pointOf, shownRows, underAt } from "design/ground";
import { placeNow } from "design/place_now";

const tree = /** @type {HTMLElement} */ (document.getElementById("tree"));

/** @type {{ load: Load, from: import("design/drop").Point, at: import("design/drop").Point, alt: boolean, lifted: boolean, armed: boolean,
 *   end: AbortController, capture: () => void } | null} */
let now = null;
let asked = 0;
/** @type {any} */
let drop = null;

/** Whether something is on its way, so that a press selects nothing. */
export const isDragging = () => Boolean(now?.lifted);

/** @param {any} event the press @param {Load} load */
export function press(event, load) {
  if (event.button !== 0) return;
  const root = event.view === window ? event.currentTarget : event.view.document.documentElement;
  begin(load, pointOf(event), event.altKey, false, () => root.setPointerCapture?.(event.pointerId));
}

/** @param {Load} load */
export function arm(load) {
  begin(load, { x: 0, y: 0 }, false, true, () => {});
  document.getElementById("stage")?.toggleAttribute("data-armed", true);
}

/** @param {Load} load @param {import("design/drop").Point} from @param {boolean} alt @param {boolean} armed @param {() => void} capture */
function begin(load, from, alt, armed, capture) {
  cancel();
  const end = new AbortController();
  now = { load, from, at: from, alt, lifted: armed, armed, end, capture };
  for (const view of views()) {
    view.addEventListener("pointermove", moved, { signal: end.signal });
    view.addEventListener("pointerup", released, { signal: end.signal, capture: true });
    view.addEventListener("pointercancel", cancel, { signal: end.signal });
    view.addEventListener("keydown", key, { signal: end.signal, capture: true });
    view.addEventListener("keyup", key, { signal: end.signal, capture: true });
    if (armed) view.addEventListener("pointerdown", pressedArmed, { signal: end.signal, capture: true });
  }
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

function moved(/** @type {any} */ event) {
  if (!now) return;
  now.at = pointOf(event);
  now.alt = event.altKey;
  if (!now.lifted && Math.hypot(now.at.x - now.from.x, now.at.y - now.from.y) < FAR) return;
  if (!now.lifted) {
    // From now on the pointer is heard wherever it is; before, a click is a click on what it hits.
    now.capture();
    onEscape(escaped, now.end.signal, views());
    now.lifted = true;
  }
  asked ||= requestAnimationFrame(look);
}

/** Where it would go by now. */
function look() {
  asked = 0;
  if (!now?.lifted) return;
  const { load, at, alt } = now;
  const page = ground(load.moving, alt || !load.moving.length);
  const under = underAt(at);
  if (under.where === "tree") drop = dropInRows({ x: at.x - tree.getBoundingClientRect().left - 12, y: at.y }, shownRows(), page);
  else drop = under.where ? dropAt(under.at, under.key, page) : null;
  showMarks({ load, at, drop, inTree: under.where === "tree", copies: alt && load.moving.length > 0 });
  follow(at, under.where, () => (asked ||= requestAnimationFrame(look)));
}

function released(/** @type {any} */ event) {
  if (!now?.lifted) return now?.armed ? undefined : cancel();
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

/** @param {Load} load @param {boolean} alt @param {import("design/drop").Drop} place */
async function put({ moving, type }, alt, { parent, index, after }) {
  if (type) return gesture({ do: "insert", type, parent, index });
  if (alt) return gesture({ do: "copy", nodes: moving, parent, index });
  const back = placeNow(moving, parent, after);
  const answer = await gesture({ do: "move", nodes: moving, parent, index });
  if (!answer.ok) back();
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
