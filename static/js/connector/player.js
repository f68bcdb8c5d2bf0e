// @ts-check
/**
 * Plays frames at their original speed, or several times as fast: at each moment, shows the latest frame received by
 * then.
 *
 *   const times = new Times("12 80 95", 1, 3);  times.at(2) → 80;  times.of(90) → 2
 *   const player = new Player(times, show, changed);  player.play(2, 4);  player.pause();
 */

/** When frames arrived, in milliseconds. For long captures only every `stride`-th time is known. */
export class Times {
  /** @param {string} known @param {number} stride @param {number} last the number of the last frame */
  constructor(known, stride, last) {
    this.#known = known.split(" ").map(Number);
    this.#stride = stride;
    this.last = last;
  }

  /** @type {number[]} */
  #known;
  #stride;

  /** @param {number} n */
  at(n) {
    return this.#known[Math.floor((n - 1) / this.#stride)] || 0;
  }

  /** The latest frame received by a time, or the first one before that. @param {number} ms */
  of(ms) {
    const later = this.#known.findIndex((time) => time > ms);
    return later < 0 ? this.last : Math.max(1, Math.min(later * this.#stride, this.last));
  }
}

export class Player {
  /**
   * @param {Times} frames @param {(n: number) => void} show
   * @param {() => void} changed called when it starts or stops playing
   */
  constructor(frames, show, changed) {
    this.#frames = frames;
    this.#show = show;
    this.#changed = changed;
  }

  #frames;
  #show;
  #changed;
  #asked = 0;

  get playing() {
    return this.#asked !== 0;
  }

  /** @param {number} from the current frame; at the last one it starts over @param {number} speed */
  play(from, speed) {
    this.pause();
    let shown = from >= this.#frames.last ? 0 : from;
    const [begin, since] = [shown ? this.#frames.at(shown) : 0, performance.now()];
    const tick = () => {
      const n = this.#frames.of(begin + (performance.now() - since) * speed);
      if (n > shown) this.#show((shown = n));
      if (n >= this.#frames.last) return this.pause();
      this.#asked = requestAnimationFrame(tick);
    };
    this.#asked = requestAnimationFrame(tick);
    this.#changed();
  }

  pause() {
    if (!this.playing) return;
    cancelAnimationFrame(this.#asked);
    this.#asked = 0;
    this.#changed();
  }
}
