// @ts-check
/**
 * What was said to the server and is not known to be heard: kept in order, to be said again on the next connection. A
 * connection can be dead for a while before anybody notices.
 *
 *   const unheard = new Unheard(() => socket.reconnect());   // what was said is not heard in time
 *   unheard.add({ t: "event", id: "a", … }, true);           // true: it has left already
 *   unheard.heard("a");                                      // it and all before it have arrived
 *   unheard.expectHello();
 */

const WITHIN_MS = 5000;
const HELLO_WITHIN_MS = 20000;

export class Unheard {
  /** @type {Map<string, {event: any, said: boolean}>} */ #events = new Map();
  #silent;
  /** @type {number | undefined} */ #timer;

  /** @param {() => void} silent */
  constructor(silent) {
    this.#silent = silent;
  }

  /** @param {any} event @param {boolean} said whether it has left already */
  add(event, said) {
    this.#events.set(event.id, { event, said });
    if (said) this.#expect();
  }

  /** The server has heard this event, and as it hears in order, all before it. @param {string} id */
  heard(id) {
    if (!this.#events.has(id)) return;
    this.rest();
    for (const key of this.#events.keys()) {
      this.#events.delete(key);
      if (key === id) break;
    }
    if (this.#events.size) this.#expect();
  }

  /** Whether one of them tells what an input holds. @param {string} address */
  tells(address) {
    return [...this.#events.values()].some(({ event }) => address in event.values);
  }

  /** All of them in order, from now on as said: the server has said hello. @returns {any[]} */
  sayAgain() {
    this.rest();
    for (const each of this.#events.values()) each.said = true;
    if (this.#events.size) this.#expect();
    return [...this.#events.values()].map(({ event }) => event);
  }

  /**
   * Forget what was said to a server that is gone: whether it has heard it nobody knows, and what may cost money is
   * never done twice unasked. True when the visitor did something that is lost with it.
   */
  giveUp() {
    const lost = [...this.#events.values()].filter((each) => each.said);
    for (const { event } of lost) this.#events.delete(event.id);
    return lost.some(({ event }) => event.el !== null);
  }

  /** Expect nothing: there is no connection. */
  rest() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** A new connection: until its hello there is nothing else to hear. */
  expectHello() {
    this.rest();
    this.#expect(HELLO_WITHIN_MS);
  }

  #expect(within = WITHIN_MS) {
    this.#timer ??= setTimeout(() => this.#silent(), within);
  }
}
