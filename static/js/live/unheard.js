// @ts-check
/**
 * What was said and is not known to be heard. What this page said is kept in order, to be said again on the next
 * connection, for one can be dead for a while before anybody notices; the server keeps what it said, too, until it is
 * told that it was applied.
 *
 *   const unheard = new Unheard(() => socket.reconnect());   // what was said is not heard in time
 *   unheard.add({ id: "a", … }, true);                       // true: it has left already
 *   unheard.heard("a");                                      // it and all before it have arrived
 *   unheard.expectHello();
 *
 *   const applied = new Applied((n) => socket.send({ t: "ack", n }));
 *   if (n > applied.n) applied.upTo(n, bytes);
 */

/** @import { Happened } from "workflows/live/protocol" */

const WITHIN_MS = 5000;
const HELLO_WITHIN_MS = 20000;
const TOLD_EVERY_MS = 1000;
const TOLD_EVERY_BYTES = 32 * 1024;

export class Unheard {
  /** @type {Map<string, {event: Happened, said: boolean}>} */ #events = new Map();
  #silent;
  /** @type {number | undefined} */ #timer;

  /** @param {() => void} silent */
  constructor(silent) {
    this.#silent = silent;
  }

  /** @param {Happened} event @param {boolean} said whether it has left already */
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

  /** All of them in order, from now on as said: the server has said hello. @returns {Happened[]} */
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

/** How many of the server's batches the page has applied: told at most once a second or every 32 KB. */
export class Applied {
  n = 0;
  #told = 0;
  #bytes = 0;
  /** @type {number | undefined} */ #timer;
  #tell;

  /** @param {(n: number) => boolean} tell whether that has left */
  constructor(tell) {
    this.#tell = tell;
  }

  /** A visit that knows nothing of this page yet. */
  reset() {
    this.n = this.#told = 0;
  }

  /** @param {number} n @param {number} bytes */
  upTo(n, bytes) {
    // The numbers of a server that was started again begin anew.
    this.#told = Math.min(this.#told, n - 1);
    this.n = n;
    this.#bytes += bytes;
    if (this.#bytes >= TOLD_EVERY_BYTES) this.#now();
    else this.#timer ??= setTimeout(() => this.#now(), TOLD_EVERY_MS);
  }

  #now() {
    this.#timer = void clearTimeout(this.#timer);
    if (this.n <= this.#told || !this.#tell(this.n)) return;
    this.#told = this.n;
    this.#bytes = 0;
  }
}
