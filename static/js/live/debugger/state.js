// @ts-check
/**
 * The state of the run shown in the debugger, as a badge with a word.
 *
 *   drawState(parts.state, stateOf(run));
 */
import { dress, say } from "./draw.js";

/** @type {Record<string, [string, string, string]>} state → word, badge, dot */
const STATES = {
  connecting: ["Connecting", "badge", "dot dot-open"],
  lost: ["No connection", "badge badge-warn", "dot dot-warn"],
  nothing: ["Ready", "badge", "dot dot-open"],
  waiting: ["Waiting", "badge", "dot dot-open"],
  streaming: ["Streaming", "badge badge-stream", "dot dot-live"],
  running: ["Running", "badge", "dot"],
  done: ["Done", "badge badge-ok", "dot dot-ok"],
  failed: ["Failed", "badge badge-danger", "dot dot-danger"],
  stopped: ["Stopped", "badge", "dot dot-open"],
};

/**
 * The state to show; a run with a stream is "waiting" until its first data arrives.
 * @param {{ state: string, streams: boolean, steps: { state: string }[] } | null} run @returns {string}
 */
export function stateOf(run) {
  if (!run) return "nothing";
  if (!run.streams) return run.state;
  return run.steps.some((step) => step.state === "streaming") ? "streaming" : "waiting";
}

/** @param {Element} badge with a dot and a word in it @param {string} state */
export function drawState(badge, state) {
  const [word, look, dot] = STATES[state] ?? STATES.running;
  const [light, name] = badge.children;
  dress(badge, look);
  dress(light, dot);
  say(name, word);
}
