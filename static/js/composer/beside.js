// @ts-check
/** Place a popover so that it does not cover the field it is for. On narrow screens the style sheets turn it into a
 * sheet. */
const GAP = 8;
const NARROW = 800;

/**
 * Place it to the left of the field if there is room, else to the right, below or above.
 * @param {HTMLElement} pop @param {Element} field
 */
export function placeBeside(pop, field) {
  pop.style.left = pop.style.top = "";
  if (innerWidth < NARROW) return;
  const from = (field.closest(".panel, .step-card") || field).getBoundingClientRect();
  const own = field.getBoundingClientRect();
  const { width, height } = pop.getBoundingClientRect();
  const most = { left: innerWidth - width - GAP, top: Math.max(GAP, innerHeight - height - GAP) };
  const beside = { top: Math.max(GAP, Math.min(own.top - 64, most.top)) };
  let at = { left: own.left, top: own.bottom + GAP };
  if (from.left - GAP - width >= GAP) at = { left: from.left - GAP - width, ...beside };
  else if (from.right + GAP <= most.left) at = { left: from.right + GAP, ...beside };
  else if (own.bottom + GAP > most.top && own.top - GAP - height >= GAP) at.top = own.top - GAP - height;
  pop.style.left = `${Math.max(GAP, Math.min(at.left, most.left))}px`;
  pop.style.top = `${at.top}px`;
}
