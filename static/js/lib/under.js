// @ts-check
/**
 * Place a popover below the button that opens it: aligned to the button's right edge if there is no room to the right,
 * above the button if there is none below.
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
