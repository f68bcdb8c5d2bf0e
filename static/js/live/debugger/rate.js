// @ts-check
/**
 * Frames over time: the pulse on the same timeline as the steps, and the numbers beside it.
 *
 *   drawRate({ rate, pulse, quiet, ticks, frames, bytes, first, gap }, picture.frames, length);
 */
import { amount, say, seconds } from "./draw.js";
/** @import { Frames } from "workflows/live/debugger" */

const WIDE = 264;
const HIGH = 96;
const LOWEST = 6;
// So that a few frames in a slice do not fill the whole height.
const AT_LEAST = 4;

/**
 * @param {Record<string, HTMLElement>} parts @param {Frames | null} frames null before anything has streamed
 * @param {number} length in seconds
 */
export function drawRate(parts, frames, length) {
  say(parts.rate, frames && frames.rate !== null ? String(Math.round(frames.rate)) : "–");
  say(parts.frames, frames ? String(frames.frames) : "–");
  say(parts.bytes, frames ? amount(frames.bytes) : "–");
  say(parts.first, seconds(frames?.first));
  say(parts.gap, seconds(frames?.gap));
  const columns = frames?.columns ?? [];
  const many = Math.max(columns.length, Math.round(length / (frames?.width ?? 0.1)));
  const most = Math.max(AT_LEAST, ...columns);
  const step = WIDE / many;
  let quiet = "";
  let ticks = "";
  for (let index = 0; index < many; index += 1) {
    const count = columns[index] ?? 0;
    const at = `M${(step * (index + 0.5)).toFixed(1)} ${HIGH}v-`;
    if (count) ticks += at + Math.max(LOWEST, Math.round((count / most) * (HIGH - LOWEST)));
    else quiet += `${at}2`;
  }
  parts.quiet.setAttribute("d", quiet);
  parts.ticks.setAttribute("d", ticks);
  parts.pulse.style.setProperty("--w", String(Math.min(2, step * 0.55).toFixed(2)));
}
