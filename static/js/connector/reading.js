// @ts-check
/**
 * Pieces of the dialog while Initialize reads: the stages at its top, and one row a frame.
 *
 *   stages(dialog, { connected: 0.08, first_byte: 0.58 }, false);
 *   list.replaceChildren(...newest.map(Row));
 */
import { made } from "connector/explain";
import { amount, seconds } from "connector/words";

const ORDER = ["connected", "first_byte", "first_text", "reading", "fields"];

/** @param {Element} root holds the `[data-stage]`s @param {Record<string, number>} marks seconds by stage @param {boolean} done */
export function stages(root, marks, done) {
  const reading = "first_byte" in marks;
  const now = done ? "fields" : reading ? "reading" : ORDER.find((stage) => !(stage in marks));
  for (const stage of ORDER) {
    const place = /** @type {HTMLElement} */ (root.querySelector(`[data-stage="${stage}"]`));
    const over = stage in marks || (done && stage === "reading");
    place.dataset.state = over ? "done" : stage === now ? "now" : "";
    if (!place.dataset.state) place.removeAttribute("data-state");
    if (stage === now) place.setAttribute("aria-current", "step");
    else place.removeAttribute("aria-current");
    const at = place.querySelector("[data-at]");
    if (at) at.textContent = stage in marks ? seconds(marks[stage]) : "";
  }
}

/** @param {{ n: number, at: number, size: number, text: string, event: string | null, piece: string | null }} frame */
export function Row(frame) {
  const row = made("li", "row frame frame-wide");
  for (const text of [String(frame.n), seconds(frame.at), amount(frame.size)]) row.append(made("span", "num ink-3", text));
  const code = made("code", "clip ink-3");
  code.append(...said(frame.event ? `${frame.event} ${frame.text}` : frame.text, frame.piece));
  row.append(code);
  return row;
}

/** A frame's text, from a little before the piece of text it brings, which is marked. @param {string} text @param {string | null} piece */
function said(text, piece) {
  const forms = piece ? [JSON.stringify(piece), piece] : [];
  const quoted = forms.find((form) => text.includes(form));
  if (!quoted) return [text];
  const value = text.indexOf(`:${quoted}`);
  const at = value < 0 ? text.lastIndexOf(quoted) : value + 1;
  const from = text.lastIndexOf("{", Math.max(0, at - 8));
  const begin = Math.max(0, at - from > 40 ? at - 24 : from);
  return [(begin ? "…" : "") + text.slice(begin, at), made("mark", "", quoted), text.slice(at + quoted.length)];
}
