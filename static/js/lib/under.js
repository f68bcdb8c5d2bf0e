// @ts-check
/**
 * Where a popover stands that a button opens: under it, at its end where there is no room to the right, above it where
 * there is none below.
 *
 *   placeUnder(pop, button);
 */
const GAP = 4;

/** @param {HTMLElement} pop @param {Element} button */
export function placeUnder(pop, button) {
  const from = button.getBoundingClientRect();
  const { width, height } = pop.getBoundingClientRect();
  const left = from.left + width > innerWidth - GAP ? from.right - width : from.left;
  const top = from.bottom + GAP + height > innerHeight ? from.top - GAP - height : from.bottom + GAP;
  pop.style.left = `${Math.max(GAP, left)}px`;
  pop.style.top = `${Math.max(GAP, top)}px`;
}
