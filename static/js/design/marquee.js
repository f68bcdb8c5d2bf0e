// @ts-check
/**
 * Selects what a rectangle drawn from empty space touches. If it touches only one container, without enclosing it, the
 * container's content is selected instead. While it is drawn, `sw-caught` on the canvas says what it would select.
 *
 *   marquee(event, (keys) => …);            // on the press; called on release
 *   caught(box, "pg_ab12cd", page);         // pure: ["el_k3x9q2", "el_m4y0r3"]
 */
import { ignoreClick, ignoreRelease, onEscape } from "lib/escape";
import { FAR, ground, inPage, pointOf } from "design/ground";
import { pageKey } from "design/rows";
import { scale } from "design/sizes";

const mark = /** @type {HTMLElement} */ (document.querySelector(".marquee"));
const canvas = /** @type {HTMLElement} */ (document.getElementById("canvas"));
/** @param {string[]} keys */
const tell = (keys) => canvas.dispatchEvent(new CustomEvent("sw-caught", { detail: keys }));

/** @param {import("design/drop").Box} one @param {import("design/drop").Box} other */
const touch = (one, other) =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

/** @param {import("design/drop").Box} outer @param {import("design/drop").Box} inner */
const holds = (outer, inner) =>
  outer.left <= inner.left && outer.right >= inner.right && outer.top <= inner.top && outer.bottom >= inner.bottom;

/**
 * @param {import("design/drop").Box} box @param {string} root @param {import("design/drop").Page} page
 * @returns {string[]}
 */
export function caught(box, root, page) {
  const found = page.childrenOf(root).filter((key) => {
    const own = page.box(key);
    return own && touch(own, box);
  });
  const [only] = found;
  const around = found.length === 1 && page.holds(only) && page.box(only);
  const inside = around && !holds(box, around) ? caught(box, only, page) : [];
  return inside.length ? inside : found;
}

/** @param {any} event the press @param {(keys: string[]) => void} take */
export function marquee(event, take) {
  const end = new AbortController();
  const from = pointOf(event);
  let box = /** @type {import("design/drop").Box | null} */ (null);
  const page = ground([]);
  const isBeside = event.view === window;
  const root = isBeside ? event.currentTarget : event.view.document.documentElement;
  // The page's frame would take the moves over it.
  if (isBeside) root.setPointerCapture(event.pointerId);

  const moved = (/** @type {any} */ next) => {
    const at = pointOf(next);
    if (!box && Math.hypot(at.x - from.x, at.y - from.y) < FAR) return;
    if (!box) root.setPointerCapture(event.pointerId);
    const [one, other] = [inPage(from), inPage(at)];
    box = {
      left: Math.min(one.x, other.x),
      right: Math.max(one.x, other.x),
      top: Math.min(one.y, other.y),
      bottom: Math.max(one.y, other.y),
    };
    const by = scale();
    mark.hidden = false;
    mark.style.left = `${box.left * by}px`;
    mark.style.top = `${box.top * by}px`;
    mark.style.width = `${(box.right - box.left) * by}px`;
    mark.style.height = `${(box.bottom - box.top) * by}px`;
    tell(caught(box, pageKey(), page));
  };
  const ended = (/** @type {any} */ last) => {
    end.abort();
    mark.hidden = true;
    tell([]);
    if (!box || last.type !== "pointerup") return;
    // The press must not count as a click on what is there.
    last.stopPropagation();
    ignoreClick(last.view);
    take(caught(box, pageKey(), page));
  };
  event.view.addEventListener("pointermove", moved, { signal: end.signal });
  for (const name of ["pointerup", "pointercancel"])
    event.view.addEventListener(name, ended, { signal: end.signal, capture: true });
  const escaped = () => {
    ended(new Event("pointercancel"));
    ignoreRelease(event.view);
  };
  onEscape(escaped, end.signal, [event.view]);
}
