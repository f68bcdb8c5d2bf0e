// @ts-check
/**
 * The steps of a run on a timeline: hatched while they wait, teal while they stream, ink for what is instantaneous,
 * dotted teal where a step follows a stream; a line marks the current time while the run continues.
 *
 *   drawSteps({ steps, axis, rows, reason }, picture.run, sprite);
 */
import { dress, fill, icon, make, say } from "./draw.js";
/** @import { Run, Step } from "workflows/live/debugger" */

const LENGTHS = [5, 10, 20, 50, 100, 200, 300, 600, 1200, 3000, 6000];
const PARTS = 5;

/** @type {Record<string, [string, string]>} state → icon, colour */
const LOOKS = {
  done: ["ok", "ink-ok"],
  running: ["hourglass", "ink-3"],
  waiting: ["hourglass", "ink-3"],
  streaming: ["wave", "ink-stream"],
  failed: ["error", "ink-danger"],
  stopped: ["stop", "ink-3"],
  skipped: ["minus", "ink-3"],
  not_started: ["dashed", "ink-3"],
};
/** @type {Record<string, string>} state → classes of its word */
const WORDS = { streaming: "ink-stream medium", failed: "ink-danger medium" };

/** @type {Omit<Step, "title">} what started the run, as an instantaneous step */
const EVENT = { number: 0, state: "done", word: "done", reason: "", bars: [{ kind: "step", at: 0, to: 0 }] };

/** The length of the axis for a run of so many seconds. @param {number} seconds */
export const lengthFor = (seconds) => LENGTHS.find((length) => length >= seconds) ?? Math.ceil(seconds / 6000) * 6000;

/** @param {Record<string, HTMLElement>} parts @param {Run} run @param {string} sprite */
export function drawSteps({ steps, axis, rows, reason }, run, sprite) {
  const length = lengthFor(run.seconds);
  const goesOn = run.state === "running";
  drawAxis(axis, length, goesOn ? run.seconds : null);
  steps.classList.toggle("steps-live", goesOn);
  steps.style.setProperty("--now", String(run.seconds / length));
  const all = [{ ...EVENT, title: run.title }, ...run.steps];
  for (const [index, row] of fill(rows, all, newRow).entries()) drawRow(row, all[index], run.seconds, length, sprite);
  const failed = run.steps.find((step) => step.state === "failed" && step.reason);
  const why = [failed?.reason || run.reason, run.todo].filter(Boolean).join(" ");
  reason.hidden = !why;
  say(/** @type {Element} */ (reason.querySelector("span")), failed ? `${failed.number} ${failed.title}: ${why}` : why);
}

/** @param {HTMLElement} axis @param {number} length @param {number | null} now */
function drawAxis(axis, length, now) {
  const marks = Array.from({ length: PARTS + 1 }, (_, part) => ({
    at: part / PARTS,
    text: `${(part * length) / PARTS}${part ? "" : " s"}`,
    now: false,
  }));
  if (now !== null) marks.push({ at: now / length, text: `${now.toFixed(2)} s`, now: true });
  for (const [index, mark] of fill(axis, marks, () => make("span")).entries()) {
    say(mark, marks[index].text);
    mark.classList.toggle("is-now", marks[index].now);
    mark.style.setProperty("--at", percent(marks[index].at));
  }
}

function newRow() {
  const bars = make("span", "wf");
  bars.ariaHidden = "true";
  return make("li", "steps-row", make("i"), make("span", "clip"), bars, make("span", "clip"));
}

/**
 * @param {HTMLElement} row @param {Step} step @param {number} now
 * @param {number} length @param {string} sprite
 */
function drawRow(row, step, now, length, sprite) {
  const [sign, name, bars, word] = row.children;
  if (row.dataset.state !== step.state) {
    row.dataset.state = step.state;
    const [symbol, colour] = LOOKS[step.state] ?? LOOKS.waiting;
    sign.replaceWith(icon(sprite, symbol, `icon-14 ${colour}`));
  }
  const streams = step.state === "streaming";
  dress(
    row,
    `steps-row${streams ? " is-on" : ""}${step.state === "not_started" || step.state === "skipped" ? " ink-3" : ""}`,
  );
  say(name, step.number ? `${step.number} ${step.title}` : step.title);
  name.setAttribute("title", name.textContent ?? "");
  dress(name, streams ? "clip medium" : "clip");
  for (const [index, bar] of fill(bars, step.bars, () => make("i")).entries()) {
    const { kind, at, to } = step.bars[index];
    dress(bar, `wf-${kind}`);
    bar.style.setProperty("--at", percent(at / length));
    bar.style.setProperty("--len", percent(((to ?? now) - at) / length));
  }
  say(word, step.word);
  word.setAttribute("title", step.reason || step.word);
  dress(word, `clip ${WORDS[step.state] ?? ""}`.trim());
}

/** @param {number} part */
const percent = (part) => `${(100 * part).toFixed(2)}%`;
