// @ts-check
/**
 * A press that may become a drag: with a mouse as soon as it moves, with touch after a long press, so that touch can
 * scroll.
 *
 *   press(event, { moving: ["el_k3x9q2"] });
 */
import { begin, heldAt, lift } from "design/drag";
import { pointOf } from "design/ground";
import { hold } from "design/hold";

/** @param {any} event the press @param {import("design/drag").Load} load */
export function press(event, load) {
  if (event.button !== 0) return;
  const root = event.view === window ? event.currentTarget : event.view.document.documentElement;
  const finger = event.pointerType === "touch";
  const capture = () => root.setPointerCapture?.(event.pointerId);
  const start = () => begin({ load, from: pointOf(event), held: heldAt(event), armed: false, finger, capture });
  // Handles do not scroll, so they need no long press.
  if (!finger || event.target.closest("[data-handle]")) return start();
  hold(event, () => {
    start();
    lift();
  });
}
