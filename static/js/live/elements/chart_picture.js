// @ts-check
/**
 * The graphic of a chart, in a box of 100 by 100 that is stretched to its place.
 *
 *     const { ticks, paths } = drawn([[3], [7], [9]], true)   // for each point, the numbers of its series; as bars
 *     svg.replaceChildren(...paths)
 */

const STEPS = 4; // approximate number on the axis

/** @param {number[][]} points @param {boolean} isBars */
export function drawn(points, isBars) {
  const ticks = ticksOf(points.flat().filter(Number.isFinite), isBars);
  const width = Math.max(0, ...points.map((each) => each.length));
  const series = Array.from({ length: width }, (_, which) => points.map((each) => each[which]));
  const grid = ticks.map((tick) => path("sw-grid", `M0 ${down(tick, ticks)}H100`));
  const lines = series.map((numbers, which) => {
    const node = isBars ? path("sw-bar", bars(numbers, which, width, ticks)) : path("sw-line", line(numbers, ticks));
    node.setAttribute("data-series", String(which + 1));
    return node;
  });
  return { ticks, paths: [...grid, ...lines] };
}

/** Round, evenly spaced numbers that enclose these, the greatest first.
 * @param {number[]} numbers @param {boolean} fromZero */
function ticksOf(numbers, fromZero) {
  if (!numbers.length) return [];
  const all = fromZero ? [0, ...numbers] : numbers;
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const span = high - low || Math.abs(high) || 1;
  const size = 10 ** Math.floor(Math.log10(span / STEPS));
  const step = size * ([1, 2, 5, 10].find((by) => size * by * STEPS >= span) ?? 10);
  const first = Math.floor(low / step);
  const last = Math.max(Math.ceil(high / step), first + 1);
  return Array.from({ length: last - first + 1 }, (_, at) => Number(((last - at) * step).toPrecision(12)));
}

/** The vertical position of a number, from the top. @param {number} number @param {number[]} ticks */
function down(number, ticks) {
  const low = ticks[ticks.length - 1];
  return round(100 - ((number - low) / (ticks[0] - low)) * 100);
}

/** @param {number[]} numbers @param {number[]} ticks */
function line(numbers, ticks) {
  const apart = 100 / Math.max(1, numbers.length - 1);
  const parts = numbers.map((each, at) => {
    if (!Number.isFinite(each)) return "";
    // A missing number is a gap; an isolated point is a dot.
    return `${Number.isFinite(numbers[at - 1]) ? "L" : "M"}${round(at * apart)} ${down(each, ticks)}h0`;
  });
  return parts.join("");
}

/** @param {number[]} numbers @param {number} which @param {number} of @param {number[]} ticks */
function bars(numbers, which, of, ticks) {
  const apart = 100 / numbers.length;
  const [left, wide] = [apart * (0.15 + (0.7 * which) / of), round((apart * 0.7) / of)];
  const parts = numbers.map((each, at) =>
    Number.isFinite(each)
      ? `M${round(at * apart + left)} ${down(0, ticks)}h${wide}V${down(each, ticks)}h${-wide}Z`
      : "",
  );
  return parts.join("");
}

/** @param {number} number */
const round = (number) => Math.round(number * 100) / 100;

/** @param {string} name @param {string} d */
function path(name, d) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", "path");
  node.setAttribute("class", name);
  node.setAttribute("d", d);
  return node;
}
