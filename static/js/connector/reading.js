// @ts-check
/**
 * What the dialog shows while Initialize reads: a snapshot of what has arrived so far, as received from the socket.
 *
 *   show(dialog, NOTHING);  show(dialog, picture);  say(dialog, "Streaming");
 */
import { made } from "connector/explain";
import { draw } from "connector/pulse";
import { amount, count, seconds } from "connector/words";
/** @import { Picture, Shown } from "connector/captures/initialize" */

/** @type {Picture} */
export const NOTHING = {
  elapsed: 0,
  frames: 0,
  bytes: 0,
  pulse: [],
  slices: 1,
  newest: [],
  marks: {},
  text: "",
  path: "",
  status: "",
};

const ORDER = ["connected", "first_byte", "first_text", "reading", "fields"];

/** @param {Element} root @param {Picture} picture */
export function show(root, picture) {
  const part = (/** @type {string} */ name) => /** @type {any} */ (root.querySelector(`[data-${name}]`));
  const { elapsed, frames, bytes, marks } = picture;
  const since = elapsed - (marks.first_byte ?? elapsed);
  const numbers = {
    elapsed: seconds(elapsed),
    frames,
    bytes: amount(bytes),
    rate: since > 0.2 ? Math.round(frames / since) : 0,
  };
  for (const [name, value] of Object.entries(numbers)) part(`number="${name}"`).textContent = value;
  stages(root, marks, Boolean(picture.done));
  draw(/** @type {any} */ (root.querySelector(".pulse")), part("axis"), picture.pulse, picture.slices, elapsed);
  part("frames").replaceChildren(...picture.newest.map(row));
  part("text").textContent = picture.text;
  part("path").textContent = picture.path;
  part("stop").disabled = !frames;
  part("stop").textContent = `Stop and use ${count(frames, "frame")}`;
  if (frames) say(root, "Streaming");
  else if ("first_byte" in marks) say(root, "Reading");
  else if (picture.wait) say(root, `Waiting for the first byte, at most ${picture.wait} s`);
}

/** @param {Element} root @param {string} word announced by screen readers, so set only if it differs */
export function say(root, word) {
  const place = root.querySelector("[data-said]");
  if (place && place.textContent !== word) place.textContent = word;
}

/**
 * @param {Element} root holds the `[data-stage]`s @param {Record<string, number>} marks seconds by stage
 * @param {boolean} done
 */
function stages(root, marks, done) {
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

/** @param {Shown} frame */
function row(frame) {
  const item = made("li", "row frame frame-wide");
  for (const text of [String(frame.n), seconds(frame.at), amount(frame.size)])
    item.append(made("span", "num ink-3", text));
  const code = made("code", "clip ink-3");
  code.append(...said(frame.event ? `${frame.event} ${frame.text}` : frame.text, frame.piece));
  item.append(code);
  return item;
}

/**
 * A frame's text, from shortly before the piece of text it adds, which is marked.
 * @param {string} text @param {string | null} piece
 */
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
