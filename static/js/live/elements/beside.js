// @ts-check
/**
 * Places something that opens beside an element: below it, or above it if there is no room, but never off-screen.
 *
 *   place(popover, anchor);
 *   const there = stay(popover, anchor);     // also on scrolling and when a phone's keyboard opens; there.abort()
 */

/** Distances to the anchor and to the screen's edges, in px. */
const APART = 6;
const EDGE = 8;

/** @param {HTMLElement} node in the top layer, with fixed positioning @param {Element} anchor */
export function place(node, anchor) {
  const { left, right, top, bottom } = anchor.getBoundingClientRect();
  const { width, height } = node.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  const isAbove = bottom + APART + height > clientHeight - EDGE && top - APART - height >= EDGE;
  const start = getComputedStyle(node).direction === "rtl" ? right - width : left;
  const below = Math.min(bottom + APART, clientHeight - EDGE - height);
  node.style.left = `${Math.max(EDGE, Math.min(start, clientWidth - EDGE - width))}px`;
  node.style.top = `${Math.max(EDGE, isAbove ? top - APART - height : below)}px`;
}

/** @param {HTMLElement} node @param {Element} anchor */
export function stay(node, anchor) {
  const there = new AbortController();
  const again = () => place(node, anchor);
  again();
  addEventListener("scroll", again, { capture: true, passive: true, signal: there.signal });
  for (const sized of [window, window.visualViewport])
    sized?.addEventListener("resize", again, { signal: there.signal });
  return there;
}
