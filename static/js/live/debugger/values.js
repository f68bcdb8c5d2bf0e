// @ts-check
/**
 * The values that change live, each with the icon of its type.
 *
 *   drawValues({ values, "no-values": line }, picture.values, sprite);
 */
import { dress, fill, icon, make, say } from "./draw.js";
/** @import { ValueRow } from "workflows/live/debugger" */

/** @type {Record<string, string>} tone → classes of the value */
const TONES = { quiet: "clip ink-3", stream: "clip ink-stream medium", danger: "clip ink-danger" };

/** @param {Record<string, HTMLElement>} parts @param {ValueRow[]} values @param {string} sprite */
export function drawValues(parts, values, sprite) {
  parts["no-values"].hidden = values.length > 0;
  const rows = fill(parts.values, values, () =>
    make("div", "", make("dt", "", make("span"), make("span", "clip")), make("dd")),
  );
  for (const [index, row] of rows.entries()) drawRow(row, values[index], sprite);
}

/** @param {HTMLElement} row @param {ValueRow} value @param {string} sprite */
function drawRow(row, { name, type, value, tone, tail }, sprite) {
  const [term, said] = row.children;
  const [mark, label] = term.children;
  if (row.dataset.type !== type.name) {
    row.dataset.type = type.name;
    dress(mark, type.name === "stream" ? "type type-stream" : "type");
    mark.setAttribute("title", type.label);
    mark.replaceChildren(type.icon ? icon(sprite, type.icon, "icon-12") : type.mark);
  }
  say(label, name);
  label.setAttribute("title", name);
  dress(said, TONES[tone] ?? "clip");
  said.setAttribute("title", value);
  // A long text shows its end, truncated at the start.
  if (tail && !said.querySelector("bdi")) said.replaceChildren(make("bdi"));
  if (tail) said.setAttribute("dir", "rtl");
  else said.removeAttribute("dir");
  say(tail ? /** @type {Element} */ (said.firstElementChild) : said, value);
}
