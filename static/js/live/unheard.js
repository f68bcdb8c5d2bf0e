// @ts-check
/**
 * Messages that are not yet acknowledged. Events of this page are kept in order, to be resent on the next connection,
 * since a connection can be dead for a while before that is noticed; the server keeps its batches, too, until the page
 * acknowledges them.
 *
 *   const unheard = new Unheard(() => socket.reconnect());   // called if there is no acknowledgement in time
 *   unheard.add({ id: "a", … }, true);                       // true: it has been sent
 *   unheard.heard("a");                                      // it and all earlier ones have arrived
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

  /** @param {Happened} event @param {boolean} said whether it has been sent */
  add(event, said) {
    this.#events.set(event.id, { event, said });
    if (said) this.#expect();
  }

  /** Handle the acknowledgement of an event and, as events are processed in order, of all before it.
   * @param {string} id */
  heard(id) {
    if (!this.#events.has(id)) return;
    this.rest();
    for (const key of this.#events.keys()) {
      this.#events.delete(key);
      if (key === id) break;
    }
    if (this.#events.size) this.#expect();
  }

  /** Whether one of them has the value of an input. @param {string} address */
  tells(address) {
    return [...this.#events.values()].some(({ event }) => address in event.values);
  }

  /** All of them in order, to be resent after a hello, and marked as sent. @returns {Happened[]} */
  sayAgain() {
    this.rest();
    for (const each of this.#events.values()) each.said = true;
    if (this.#events.size) this.#expect();
    return [...this.#events.values()].map(({ event }) => event);
  }

  /**
   * Discard what was sent to a server that is gone: it may or may not have arrived, and what may cost money is never
   * repeated without asking. Returns true if something the visitor did is lost.
   */
  giveUp() {
    const lost = [...this.#events.values()].filter((each) => each.said);
    for (const { event } of lost) this.#events.delete(event.id);
    return lost.some(({ event }) => event.el !== null);
  }

  /** Stop waiting for acknowledgements, as there is no connection. */
  rest() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Wait for the hello of a new connection. */
  expectHello() {
    this.rest();
    this.#expect(HELLO_WITHIN_MS);
  }

  #expect(within = WITHIN_MS) {
    this.#timer ??= setTimeout(() => this.#silent(), within);
  }
}

/** How many of the server's batches the page has applied: acknowledged once a second or every 32 KB. */
export class Applied {
  n = 0;
  #told = 0;
  #bytes = 0;
  /** @type {number | undefined} */ #timer;
  #tell;

  /** @param {(n: number) => boolean} tell returns whether it was sent */
  constructor(tell) {
    this.#tell = tell;
  }

  /** Start over for a visit that knows nothing about this page. */
  reset() {
    this.n = this.#told = 0;
  }

  /** @param {number} n @param {number} bytes */
  upTo(n, bytes) {
    // After a restart of the server the numbers start over.
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
