// @ts-check
/**
 * The moment of the sample that one is looking at: the slider over its frames, and Play at the speed it came.
 *
 *   new Moment(composer, (frame) => talk.look(frame));
 */
export class Moment {
  /** @param {HTMLElement} root @param {(frame: number) => Promise<void>} look */
  constructor(root, look) {
    this.#root = root;
    this.#look = look;
    root.addEventListener("input", (event) => {
      if (event.target === this.#slider) this.#to(this.#slider.valueAsNumber);
    });
    root.addEventListener("click", (event) => {
      if (/** @type {Element} */ (event.target).closest("[data-play]")) this.#play();
    });
  }

  /** @returns {HTMLInputElement | null} */
  get #slider() {
    return this.#root.querySelector("#composer-moment");
  }

  #root;
  #look;
  #run = 0;

  /** @param {number} frame */
  #to(frame) {
    this.#run += 1;
    this.#look(frame);
  }

  /** From the moment on, or from the beginning where it is at the end. A second press stops it. */
  async #play() {
    const slider = this.#slider;
    if (!slider) return;
    this.#run += 1;
    if (this.#root.dataset.playing) return delete this.#root.dataset.playing;
    const run = this.#run;
    const frames = Number(slider.max);
    const from = slider.valueAsNumber >= frames ? 0 : slider.valueAsNumber;
    const each = (Math.max(Number(slider.dataset.seconds), 0.5) * 1000) / frames;
    const began = performance.now();
    this.#root.dataset.playing = "true";
    for (let frame = from; run === this.#run && this.#root.isConnected && frame <= frames; ) {
      await this.#look(frame);
      await new Promise((soon) => setTimeout(soon, Math.max(30, each)));
      if (frame === frames) break;
      frame = Math.min(frames, from + Math.max(1, Math.round((performance.now() - began) / each)));
    }
    if (run === this.#run) delete this.#root.dataset.playing;
  }
}
