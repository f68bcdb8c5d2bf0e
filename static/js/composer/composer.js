// @ts-check
/**
 * The composer: builds a value, car by car, in a popover beside its field. All typing rules are on the server; this
 * sends gestures and shows the responses. composer/opener opens it, composer/field returns the expression.
 *
 *   composer.open({ doc, node, prop, part, expects, value, anchor, label }, field);
 */
import { morphInto } from "lib/morph";
import { speak } from "lib/toast";
import { placeBeside } from "./beside.js";
import { ComposedField } from "./field.js";
import { clicked, pressed } from "./keys.js";
import { List } from "./list.js";
import { Moment } from "./sample.js";
import { Slots } from "./slots.js";
import { Talk } from "./talk.js";
/** @import { Asked, Composed, Gesture } from "builder/views/compose" */

export class Composer extends HTMLElement {
  connectedCallback() {
    this.#signal = new AbortController();
    const { signal } = this.#signal;
    this.addEventListener("keydown", (event) => pressed(event, this), { signal });
    this.addEventListener("click", (event) => clicked(event, this), { signal });
    addEventListener("resize", this.#place, { signal });
    for (const way of /** @type {const} */ (["pointerdown", "mousedown"]))
      document.addEventListener(way, this.#pressed, { signal });
  }

  disconnectedCallback() {
    this.#signal.abort();
    this.#talk?.end();
  }

  list = new List(this);
  slots = new Slots(this, (gesture) => this.say(gesture));

  /** @param {Asked} asked the detail of `sw-compose` @param {HTMLElement} field */
  open(asked, field) {
    this.#field = new ComposedField(asked, field);
    const { doc, node, prop, expects, label } = asked;
    this.#talk = new Talk({ doc, node, prop, expects, holds: this.#field.holds, label }, this.#draw);
    new Moment(this, (moment) => /** @type {Talk} */ (this.#talk).look(moment));
    this.#talk.say({ value: asked.value ?? null, part: asked.part ?? null });
  }

  /** @param {Gesture} gesture @returns {Promise<void>} */
  async say(gesture) {
    if (gesture.do !== "fill") await this.slots.flush();
    this.#altered ||= !["go", "enter", "leave"].includes(gesture.do);
    return this.#talk?.say({ gesture });
  }

  /** @param {HTMLElement} option */
  choose(option) {
    this.say({ do: "choose", adds: JSON.parse(option.dataset.adds || "null") });
  }

  /** Go to a car nearby. @param {number} by @param {boolean} [onTrain] whether the train keeps the focus */
  step(by, onTrain = false) {
    const cars = this.querySelectorAll("[data-at]");
    const now = this.querySelector("[data-at][aria-current]");
    const at = Number(now?.getAttribute("data-at")) + by;
    this.#onTrain = onTrain;
    if (at >= 0 && at < cars.length) this.say({ do: "go", at });
  }

  finish() {
    this.say({ do: this.#deep ? "keep" : "use" });
  }

  leave() {
    if (this.#deep) this.say({ do: "leave" });
    else this.close();
  }

  close() {
    this.remove();
    this.#field?.focus();
  }

  #signal = new AbortController();
  /** @type {Talk | null} */
  #talk = null;
  /** @type {ComposedField | null} */
  #field = null;
  #onTrain = false;
  #altered = false;

  get #deep() {
    return (this.#talk?.depth ?? 0) > 1;
  }

  #draw = (/** @type {Composed} */ answer, /** @type {Gesture | undefined} */ gesture) => {
    if ("used" in answer) {
      this.remove();
      return this.#field?.give(answer.used);
    }
    const opens = !this.childElementCount;
    if (gesture && gesture.do !== "fill" && this.list.find) this.list.find.value = "";
    // Keep what is being typed; any other active element is redrawn like the rest.
    morphInto(this, answer.html, document.activeElement?.matches("input, select") ?? false);
    if (opens) this.showPopover();
    this.list.drawn(!gesture || gesture.do === "fill");
    this.#place();
    this.querySelector("[data-at][aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.querySelector("#composer-value mark")?.scrollIntoView({ block: "nearest" });
    if (answer.say) speak(answer.say);
    if (opens || (gesture && gesture.do !== "fill")) this.#focus(answer.focus, gesture);
  };

  /** @param {string} id the control the server names @param {Gesture | undefined} gesture */
  #focus(id, gesture) {
    const train = this.#onTrain && this.querySelector("[data-at][aria-current]");
    const isNewRow = gesture?.do === "row" && gesture.to === null && gesture.name === undefined;
    // After a row's name comes its value; a row that was renamed has been drawn anew.
    const name = gesture?.do === "row" && typeof gesture.to === "string" ? CSS.escape(gesture.to) : "";
    const named = name && `[data-name="${name}"] [data-path] input`;
    if (named && this.contains(document.activeElement)) return;
    const row = isNewRow ? [...this.querySelectorAll("[data-row-name]")].at(-1) : named && this.querySelector(named);
    const control = /** @type {HTMLElement | null} */ (row || train || document.getElementById(id));
    this.#onTrain = false;
    control?.focus();
    if (control instanceof HTMLInputElement && control.type === "text") control.select();
  }

  #place = () => {
    const field = this.#field?.element;
    if (field) placeBeside(this, field);
  };

  /** A press elsewhere closes a composer in which nothing was changed; the list never takes the focus. */
  #pressed = (/** @type {MouseEvent} */ event) => {
    const target = /** @type {Element} */ (event.target);
    if (event.type === "pointerdown" && !this.#altered && !this.contains(target)) this.remove();
    if (event.type === "mousedown" && target.closest("sw-composer [role=option]")) event.preventDefault();
  };
}

customElements.define("sw-composer", Composer);
