// @ts-check
/**
 * Draws frames over time as they arrive: slices of a second as ticks on a strip that covers a growing time span.
 *
 *   draw(svg, axis, counts, 20, elapsed);
 */
const [WIDE, COLUMN] = [560, 4];

/**
 * @param {SVGElement} svg with paths `[data-quiet]` and `[data-ticks]` @param {HTMLElement} axis
 * @param {number[]} counts frames in each slice @param {number} slices per second @param {number} elapsed seconds
 */
export function draw(svg, axis, counts, slices, elapsed) {
  const columns = WIDE / COLUMN;
  const length = Math.max(5, Math.ceil(elapsed * 1.15));
  const height = svg.clientHeight || 68;
  const heights = new Array(columns).fill(0);
  for (const [slice, count] of counts.entries()) {
    const column = Math.min(columns - 1, Math.floor((slice / slices / length) * columns));
    heights[column] += count;
  }
  const most = Math.max(...heights, 1);
  const tick = (/** @type {number} */ count, /** @type {number} */ at) =>
    `M${at * COLUMN + 2} ${height}v-${count ? Math.max(6, Math.round((count / most) * (height - 3))) : 2}`;
  const drawn = (/** @type {boolean} */ full) =>
    heights.map((count, at) => (Boolean(count) === full ? tick(count, at) : "")).join("");
  svg.setAttribute("viewBox", `0 0 ${WIDE} ${height}`);
  svg.querySelector("[data-quiet]")?.setAttribute("d", drawn(false));
  svg.querySelector("[data-ticks]")?.setAttribute("d", drawn(true));
  mark(axis, length);
}

/** @param {HTMLElement} axis @param {number} length seconds */
function mark(axis, length) {
  if (axis.dataset.length === String(length)) return;
  axis.dataset.length = String(length);
  const step = Math.ceil(length / 5);
  const marks = [];
  for (let at = 0; at < length; at += step) marks.push(at);
  axis.replaceChildren(
    ...[...marks.map((at) => (at ? String(at) : "0 s")), `${length} s`].map((text) => {
      const span = document.createElement("span");
      span.textContent = text;
      return span;
    }),
  );
}
