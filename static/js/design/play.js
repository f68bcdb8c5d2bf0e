// @ts-check
/**
 * Plays recorded samples on the canvas: every text grows as it did when it was recorded, at the original speed. A
 * second press stops it; afterwards the previous content is restored.
 */
import { action } from "lib/actions";
import { get } from "lib/http";
import { speak, toast } from "lib/toast";
import { FormattedText } from "live/text/formatted";
import { PlainText } from "live/text/plain";
import { selected } from "design/selection";
/** @import { Canvas } from "design/canvas" */

/** @typedef {{ node: string, prop: string, steps: [number, number, string][] }} Played */

const canvas = /** @type {Canvas} */ (document.getElementById("canvas"));
const CALM = matchMedia("(prefers-reduced-motion: reduce)");
/** @type {AbortController | null} */
let now = null;

/** @param {string} selector @param {(each: HTMLElement) => void} change */
const all = (selector, change) =>
  /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(selector)).forEach(change);

/** Hide the buttons if there is no stream. */
const offer = () => all(".canvas-bar [data-action=play-sample]", (each) => (each.hidden = !moves()));

/** @param {boolean} playing */
function show(playing) {
  all("[data-play-word]", (each) => (each.textContent = playing ? "Stop" : "Play sample"));
  all("[data-action=play-sample]", (each) => each.toggleAttribute("data-playing", playing));
}

/** @param {string} node "" for all of the page */
async function play(node) {
  stop();
  const run = (now = new AbortController());
  show(true);
  const found = await get(`${canvas.dataset.url}play/?node=${node}`, { signal: run.signal }).catch((failure) => {
    if (failure.name !== "AbortError") toast(failure);
    return { plays: [] };
  });
  if (run.signal.aborted) return;
  const shown = /** @type {Played[]} */ (found.plays).map((each) => textOf(each)).filter((each) => each !== null);
  if (!shown.length) {
    stop();
    return toast({
      sentence: "Nothing here has a sample yet.",
      todo: "Initialize the call behind it in the API connector.",
    });
  }
  speak("The sample plays on the canvas");
  run.signal.addEventListener("abort", () => {
    for (const each of shown) each.restore();
  });
  const began = performance.now();
  const tick = () => {
    if (run.signal.aborted) return;
    const goOn = shown.map((each) => each.at(performance.now() - began)).some(Boolean);
    canvas.dispatchEvent(new CustomEvent("sw-scrolled"));
    if (goOn) requestAnimationFrame(tick);
    else stop();
  };
  tick();
}

export function stop() {
  if (!now) return;
  now.abort();
  now = null;
  show(false);
  canvas.dispatchEvent(new CustomEvent("sw-scrolled"));
}

/** A text that grows. @param {Played} played */
function textOf({ node, prop, steps }) {
  const element = canvas.find(node);
  const box =
    element && (element.dataset.p === prop ? element : element.querySelector(`[data-p="${CSS.escape(prop)}"]`));
  if (!box) return null;
  const [before, page] = [[...box.childNodes], box.ownerDocument];
  const own = page.createElement(box.matches("sw-live-text, sw-markdown") ? "div" : "span");
  own.className = "sw-live";
  const caret = page.createElement("span");
  caret.className = element.dataset.caret === "no" ? "" : "sw-caret";
  const isFormatted = box.matches("sw-markdown, [data-formatted=yes]");
  let writer = isFormatted ? new FormattedText(own, caret) : new PlainText(own, caret);
  const waiting = page.createElement("span");
  waiting.className = "sw-waiting";
  waiting.textContent = element.dataset.waiting || "";
  own.prepend(waiting);
  box.replaceChildren(own);
  let [at, text] = [0, ""];

  return {
    /** Show what had arrived by a moment; false once everything has. @param {number} ms */
    at(ms) {
      while (at < steps.length && steps[at][0] <= ms) {
        const [, kept, piece] = steps[at];
        at += 1;
        if (piece) waiting.remove();
        if (kept === text.length) writer.write(piece, !CALM.matches, true);
        else {
          own.replaceChildren();
          writer = isFormatted ? new FormattedText(own, caret) : new PlainText(own, caret);
          writer.write(piece, false, true);
        }
        text = text.slice(0, kept) + piece;
      }
      return at < steps.length;
    },
    restore: () => box.replaceChildren(...before),
  };
}

/** @param {Element} at the button, or the focused element */
const toggle = (at) => (now ? stop() : play(at.closest(".sel-bar, #panel") ? selected() : ""));

const moves = () => document.querySelector("#tree [data-stream]");
action({
  name: "play-sample",
  label: "Play the sample on the canvas",
  group: "Canvas",
  icon: "play",
  keys: ["Shift+P"],
  scope: ["canvas", "tree"],
  when: moves,
  run: toggle,
});

document.addEventListener("sw-resized", offer, { once: true });
document.addEventListener("sw-drawn", offer);

// Stop before the canvas is redrawn.
document.addEventListener("sw-drawn", () => stop(), { capture: true });
