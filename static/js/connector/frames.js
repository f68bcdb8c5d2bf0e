// @ts-check
/**
 * The replay of a capture: frame by frame, by the list, along the timeline, or played.
 *
 *   <sw-frames data-here="/…/cp_ab12cd/" data-times="12 80 95" data-stride="1" data-count="3"
 *              data-frame="2" data-form="#f">
 *     … <button data-play> <input type="range"> <sw-frame-list>…</sw-frame-list> <div data-view>…</div></sw-frames>
 */
import { FrameView } from "connector/frame_view";
import { Player, Times } from "connector/player";
import { onMorphed } from "lib/morph";

const KEYS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 };

export class Frames extends HTMLElement {
  connectedCallback() {
    this.#signal = new AbortController();
    const { signal } = this.#signal;
    this.addEventListener("click", this.#clicked, { signal });
    this.addEventListener("keydown", this.#key, { signal });
    this.addEventListener("sw-frame", (event) => this.show(event.detail.n), { signal });
    this.#range?.addEventListener("input", this.#slid, { signal });
    signal.addEventListener("abort", onMorphed(this.#morphed));
    this.#sizes.observe(this);
    this.#begin();
  }

  disconnectedCallback() {
    this.#signal.abort();
    this.#sizes.disconnect();
    this.#player?.pause();
  }

  /** Show a frame, counted from 1. @param {number} n */
  show(n) {
    this.n = Math.max(1, Math.min(n, this.#times.last));
    this.#mark();
    this.refresh();
  }

  /** Redraw the frame, for example because the fields have changed. */
  refresh() {
    this.#view.refresh();
  }

  /** The number of the frame that is shown. */
  n = 1;
  #signal = new AbortController();
  #times = new Times("", 1, 0);
  #here = "";
  #view = new FrameView(this, () => this.n);
  #sizes = new ResizeObserver(() => this.#mark()); // the list shows the frame once there is room for it
  /** @type {Player | undefined} */
  #player;

  get #range() {
    return /** @type {HTMLInputElement | null} */ (this.querySelector("input[type=range]"));
  }

  #begin() {
    const { here = "", times = "", stride, count, frame } = this.dataset;
    this.#player?.pause();
    [this.#here, this.n, this.#times] = [here, Number(frame), new Times(times, Number(stride), Number(count))];
    this.#player = new Player(
      this.#times,
      (n) => this.show(n),
      () => this.#playing(),
    );
    this.#mark();
  }

  /** Catch up with a morph, which has drawn the initial frame. */
  #morphed = () => {
    if (this.#here !== this.dataset.here) return this.#begin();
    this.#playing();
    this.show(this.n);
  };

  #clicked = (/** @type {Event} */ event) => {
    const on = (/** @type {string} */ selector) =>
      /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest(selector));
    const [step, speed, opens] = [on("[data-step]"), on("[data-speed]"), on("[data-opens]")?.dataset.opens];
    if (opens) this.#view.look(opens);
    if (on("[data-play]")) this.#toggle();
    if (step) this.show(this.n + Number(step.dataset.step));
    if (speed) this.#faster(speed);
  };

  #toggle() {
    if (this.#player?.playing) this.#player.pause();
    else this.#player?.play(this.n, Number(this.querySelector("[data-speed]")?.getAttribute("data-speed")));
  }

  /** Toggle the speed between the original one and four times as fast. @param {HTMLElement} button */
  #faster(button) {
    const fast = button.dataset.speed === "1";
    button.dataset.speed = fast ? "4" : "1";
    button.textContent = fast ? "4×" : "1×";
    button.ariaLabel = fast ? "Speed: four times as fast" : "Speed: as it came";
    if (this.#player?.playing) this.#player.play(this.n, Number(button.dataset.speed));
  }

  #playing() {
    const [button, on] = [this.querySelector("[data-play]"), Boolean(this.#player?.playing)];
    if (button) [button.ariaPressed, button.ariaLabel] = [String(on), on ? "Pause" : "Play"];
  }

  #slid = () => this.show(this.#times.of(this.#range?.valueAsNumber || 0));

  #key = (/** @type {KeyboardEvent} */ event) => {
    if (event.target !== this.#range) return;
    const to =
      { Home: 1, End: this.#times.last }[event.key] ?? this.n + /** @type {Record<string, number>} */ (KEYS)[event.key];
    if (event.key === " ") this.#toggle();
    else if (Number.isNaN(to)) return;
    else this.show(to);
    event.preventDefault();
  };

  /** Mark the frame in the list, on the slider and in the texts. */
  #mark() {
    const [{ n }, range, at] = [this, this.#range, this.#times.at(this.n)];
    const words = `${(at / 1000).toFixed(2)} s`;
    for (const [name, text] of [
      ["n", String(n)],
      ["at", words],
    ]) {
      const shown = this.querySelector(`[data-shown="${name}"]`);
      if (shown) shown.textContent = text;
    }
    if (range) [range.value, range.ariaValueText] = [String(at), `Frame ${n} of ${this.#times.last}, ${words}`];
    this.querySelector("sw-frame-list")?.mark?.(n);
  }
}

customElements.define("sw-frames", Frames);
