// @ts-check
/**
 * Announces arriving text to assistive technology: whole sentences, at most one every 1.5 s, then how it ended.
 *
 *     const reading = new Reading("sentences")
 *     reading.push("Leaf drop is a light prob")
 *     reading.push("lem. Move it")          // says "Leaf drop is a light problem."
 *     reading.end("Answer finished")        // says the rest, then this
 *
 * All texts of a page share one polite live region, outside the texts themselves, so that nothing is read twice.
 */

import { segments } from "./pace.js";

const GAP = 1500; // ms between two announcements
const LOOK = 250; // ms between two checks for complete sentences

/** @type {{reading: Reading, words: string}[]} */
let queue = [];
let timer = 0;
let last = -GAP;

export class Reading {
  #rest = "";
  #timer = 0;

  /** @param {"sentences" | "end"} by whether it is read sentence by sentence, or as a whole at the end */
  constructor(by) {
    this.by = by;
    region();
  }

  /** @param {string} text */
  push(text) {
    this.#rest += text;
    if (this.by !== "end") this.#timer ||= setTimeout(() => this.#cut(), LOOK);
  }

  /** Announce the complete sentences. */
  #cut() {
    this.#timer = 0;
    const sentences = Array.from(segments("sentence", this.#rest), ({ segment }) => segment);
    this.#rest = sentences.pop() ?? "";
    for (const sentence of sentences) this.#say(sentence);
  }

  /** @param {string} how such as "Answer finished" */
  end(how) {
    const unsaid = queue.filter((each) => each.reading === this).map((each) => each.words);
    this.cancel();
    this.#say([...unsaid, this.#rest].join(" "));
    this.#rest = "";
    this.#say(how);
  }

  /** Discard what has not been announced yet. */
  cancel() {
    clearTimeout(this.#timer);
    queue = queue.filter((each) => each.reading !== this);
  }

  #say(/** @type {string} */ words) {
    const plain = words
      .replace(/[*_`#>|~]+/g, "")
      .replace(/\s+/g, " ")
      .trim();
    if (!plain) return;
    queue.push({ reading: this, words: plain });
    next();
  }
}

function next() {
  if (timer || !queue.length) return;
  timer = setTimeout(
    () => {
      timer = 0;
      last = performance.now();
      const said = queue.shift();
      if (said) region().textContent = said.words;
      next();
    },
    Math.max(0, last + GAP - performance.now()),
  );
}

/** The page's polite live region, created before it is first needed. */
function region() {
  const there = document.querySelector("[data-announcements]");
  if (there) return there;
  const made = document.createElement("div");
  made.className = "sw-aside";
  made.dataset.announcements = "";
  made.setAttribute("role", "status");
  made.setAttribute("aria-live", "polite");
  document.body.append(made);
  return made;
}
