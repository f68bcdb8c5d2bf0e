// @ts-check
/**
 * The exchange with the server about one value: gestures are sent one after the other, each with the latest state.
 *
 *   const talk = new Talk({ doc, node, prop, expects, label }, (answer, gesture) => …);
 *   talk.say({ value, part });                       // opens
 *   talk.say({ gesture: { do: "choose", adds } });
 *   talk.look(1250);                                 // the sample at another moment; only the latest is requested
 */
import { Failure, post } from "lib/http";
import { toast } from "lib/toast";
/** @import { Value } from "builder/expressions/shape" */
/** @import { Composed, Gesture } from "builder/views/compose" */

export class Talk {
  /** @type {object[] | undefined} the value and the values nested in it, as received from the server */
  levels;
  /** @type {number | null} the moment of the sample that is shown, in milliseconds; null for its end */
  moment = null;

  /** @param {object} field @param {(answer: Composed, gesture?: Gesture) => void} heard */
  constructor(field, heard) {
    this.#field = field;
    this.#heard = heard;
  }

  get depth() {
    return this.levels?.length ?? 0;
  }

  /** @param {{ value?: Value, part?: number | null, gesture?: Gesture }} what @returns {Promise<void>} */
  say(what) {
    this.#last = this.#last.then(() => this.#ask(what));
    return this.#last;
  }

  /** @param {number} moment */
  look(moment) {
    this.moment = moment;
    if (this.#looks) return this.#last;
    this.#looks = true;
    return this.say({});
  }

  /** Ignore responses that are still to come. */
  end() {
    this.#over = true;
  }

  #field;
  #heard;
  #last = Promise.resolve();
  #looks = false;
  #over = false;

  /** @param {{ gesture?: Gesture }} what */
  async #ask(what) {
    if (this.#over) return;
    if (!what.gesture) this.#looks = false;
    const known = this.levels && { levels: this.levels, moment: this.moment };
    try {
      const answer = await post(`/apps/${document.body.dataset.app}/compose/`, { ...this.#field, ...known, ...what });
      if (answer.levels) this.levels = answer.levels;
      if (!this.#over) this.#heard(answer, what.gesture);
    } catch (failure) {
      if (!(failure instanceof Failure)) throw failure;
      toast(failure);
    }
  }
}
