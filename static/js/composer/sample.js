// @ts-check
/**
 * The moment of the sample that is shown: the slider over its time, whose keys move by frames, and Play at the original
 * speed.
 *
 *   new Moment(composer, (moment) => talk.look(moment));
 */
const PAUSE = 40;
const STEPS = ["PageDown", "ArrowLeft", "ArrowRight", "PageUp"];
const SAME = { ArrowDown: "ArrowLeft", ArrowUp: "ArrowRight" };

export class Moment {
  /** @param {HTMLElement} root @param {(moment: number) => Promise<void>} look */
  constructor(root, look) {
    this.#root = root;
    this.#look = look;
    root.addEventListener("input", (event) => {
      if (event.target === this.#slider) this.#to(/** @type {HTMLInputElement} */ (event.target).valueAsNumber);
    });
    root.addEventListener("click", (event) => {
      if (/** @type {Element} */ (event.target).closest("[data-play]")) this.#play();
    });
    root.addEventListener("keydown", this.#key);
  }

  /** @returns {HTMLInputElement | null} */
  get #slider() {
    return this.#root.querySelector("#composer-moment");
  }

  #root;
  #look;
  /** The playback in progress; 0 for none. */
  #run = 0;
  #runs = 0;

  /** @param {number} moment */
  #to(moment) {
    this.#run = 0;
    return this.#look(moment);
  }

  /** The arrow keys move by one frame, Page Up and Page Down by ten; the server says when they arrived. */
  #key = (/** @type {KeyboardEvent} */ event) => {
    const slider = this.#slider;
    if (!slider || event.target !== slider) return;
    if (event.key === " ") this.#play();
    else {
      const key = SAME[/** @type {"ArrowUp" | "ArrowDown"} */ (event.key)] || event.key;
      const moment = JSON.parse(slider.dataset.steps || "[]")[STEPS.indexOf(key)];
      if (moment === undefined) return;
      slider.value = String(moment);
      this.#to(moment);
    }
    event.preventDefault();
  };

  /** Play from the current moment, or from the start if it is at the end. A second press stops it. */
  async #play() {
    const slider = this.#slider;
    if (!slider) return;
    if (this.#run) return (this.#run = 0);
    const run = (this.#run = ++this.#runs);
    const lasts = Number(slider.max);
    const from = slider.valueAsNumber >= lasts ? 0 : slider.valueAsNumber;
    const began = performance.now();
    for (let moment = from; run === this.#run && this.#root.isConnected; ) {
      slider.value = String(moment);
      await this.#look(moment);
      if (moment === lasts) break;
      await new Promise((soon) => setTimeout(soon, PAUSE));
      moment = Math.min(lasts, Math.round(from + performance.now() - began));
    }
    if (run === this.#run) this.#run = 0;
  }
}
