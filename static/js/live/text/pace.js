// @ts-check
/**
 * Releases arriving text at reading speed, without holding it back longer than is useful.
 *
 *     const pace = new Pace((text) => box.append(text), "words")
 *     pace.push("Leaf drop af")     // "Leaf " now, "drop " a moment later, "af" when it is a word or 80 ms old
 *     pace.finish()                 // the rest, immediately
 *
 * What has been written is always a prefix of what was pushed, and all of it after `finish`.
 */

import { atOnce, inFrame } from "./frame.js";

const STEP = 40; // ms between two steps, which all texts of a page share
const FEW = 20; // up to this many waiting words are released within 100 ms, in three steps
const STEPS_FOR_MANY = 10; // more are released within 400 ms
const FEWEST_STEPS = 5; // and in no fewer than this many, even on slow machines with fewer frames
const HELD = 80; // ms that the start of a word may wait for its end; plus a frame, this stays under 100
const TYPED = 4000; // a longer piece is not typing: it is written immediately

/** @type {Record<string, Intl.Segmenter>} */
const segmenters = {};

/** Cut text with the browser's own segmenter. @param {"word"|"sentence"} granularity @param {string} text */
export function segments(granularity, text) {
  segmenters[granularity] ??= new Intl.Segmenter(document.documentElement.lang || undefined, { granularity });
  return segmenters[granularity].segment(text);
}

// Create them before the first words arrive, as this is slow.
setTimeout(() => [...segments("word", "A b."), ...segments("sentence", "A b.")]);

export class Pace {
  #write;
  /** @type {string[]} whole words (or sentences) that are waiting */ #waiting = [];
  #rest = ""; // the start of a word whose end is still to come
  #begun = false;
  #perStep = 0;
  #most = 0; // the longest queue since it was last empty
  #next = 0; // time of the next step, in ms of the animation clock
  #timer = 0;

  /**
   * @param {(text: string) => void} write called at most once an animation frame
   * @param {"words" | "sentences" | "once"} by the unit in which text is released
   * @param {() => void} look called before that, and before any other text writes
   */
  constructor(write, by, look = () => {}) {
    this.#write = write;
    this.by = by;
    this.look = look;
  }

  /** @param {string} text */
  push(text) {
    clearTimeout(this.#timer);
    if (this.by === "once" || text.length > TYPED) this.#waiting.push(this.#takeRest() + text);
    else if (this.by === "sentences") this.#cutSentences(this.#rest + text);
    else this.#cutWords(this.#rest + text);
    this.#schedule();
  }

  /** Write everything immediately. */
  finish() {
    const text = this.#waiting.join("") + this.#takeRest();
    this.#stop();
    if (!text) return;
    this.look();
    this.#write(text);
  }

  /** Discard what is waiting; the next text is a new start. */
  clear() {
    this.#takeRest();
    this.#stop();
    this.#begun = false;
  }

  #cutWords(/** @type {string} */ text) {
    let unit = "";
    let hasWord = false;
    for (const { segment, isWordLike } of segments("word", text)) {
      if (isWordLike && hasWord) {
        this.#waiting.push(unit);
        unit = "";
      }
      unit += segment;
      hasWord ||= Boolean(isWordLike);
    }
    this.#rest = unit;
    // The very first piece is released immediately, and a space ends a word.
    if (!this.#begun || /\s$/.test(unit)) this.#waiting.push(this.#takeRest());
  }

  #cutSentences(/** @type {string} */ text) {
    const all = Array.from(segments("sentence", text), ({ segment }) => segment);
    this.#rest = all.pop() ?? "";
    this.#waiting.push(...all);
  }

  #schedule() {
    // A hidden tab has no animation frames.
    if (document.hidden) this.finish();
    else if (this.#waiting.length) (this.#begun ? inFrame : atOnce)(this.#step);
    else if (this.#rest && this.by === "words") this.#timer = setTimeout(() => this.#release(), HELD);
  }

  #release() {
    this.#waiting.push(this.#takeRest());
    this.#schedule();
  }

  #step = (/** @type {number} */ now) => {
    if (!this.#waiting.length) return;
    if (now < this.#next) return this.#schedule();
    this.look();
    return () => {
      this.#leave(now);
      this.#schedule();
    };
  };

  #leave(/** @type {number} */ now) {
    const count = this.#waiting.length;
    const late = this.#next && this.#perStep ? Math.floor((now - this.#next) / STEP) : 0;
    // The speed grows with the queue and drops only when it is empty, to avoid stutter.
    this.#perStep = Math.max(this.#perStep, Math.ceil(Math.min(count, FEW) / 2.5), Math.ceil(count / STEPS_FOR_MANY));
    this.#most = Math.max(this.#most, count);
    const together = Math.max(FEW, Math.ceil(this.#most / FEWEST_STEPS));
    const leaving = this.by === "words" ? Math.min(this.#perStep * (1 + late), together) : count;
    this.#next = (Math.floor(now / STEP) + 1) * STEP;
    this.#begun = true;
    this.#write(this.#waiting.splice(0, leaving).join(""));
    if (!this.#waiting.length) this.#perStep = this.#most = 0;
  }

  #takeRest() {
    const rest = this.#rest;
    this.#rest = "";
    return rest;
  }

  #stop() {
    clearTimeout(this.#timer);
    this.#waiting = [];
    this.#perStep = this.#most = 0;
  }
}
