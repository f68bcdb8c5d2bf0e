// @ts-check
/**
 * The page's single socket. Identifies the visit, applies batches, acknowledges them sparsely, and reconnects
 * automatically. Events are resent until the server has acknowledged them (P14).
 *
 *   const socket = new LiveSocket("/ws/live/juniper/pg_ab12cd/", { batch, snapshot, notice, status });
 *   socket.open();
 *   socket.say({ el, on, values });      // false while the connection is known to be lost
 */

import { Alive } from "./alive.js";
import { keep, ownVisit } from "./tab.js";
import { Applied, Unheard } from "./unheard.js";
import { RESTARTING, Waits } from "./waits.js";
/** @import { Batch, Happened, Happening, Hello, Message, Patch, Said } from "workflows/live/protocol" */

const VERSION = 1;
/** @type {Record<number, "refused" | "elsewhere" | "old">} close codes after which the page does not reconnect */
const FINAL = { 4004: "refused", 4008: "refused", 4009: "elsewhere", 4010: "old" };

export class LiveSocket {
  /** @type {WebSocket | null} */ #socket = null;
  #path;
  #on;
  #waits = new Waits();
  /** @type {number | undefined} */ #retryTimer;
  unheard = new Unheard(() => this.#drop());
  #applied = new Applied((n) => this.#send({ t: "ack", n }));
  /** @type {Alive | undefined} */ #alive;
  /** @type {"lost" | "restarting"} why there is no connection */ #why = "lost";
  /** Whether the server has said hello on this connection, on any, and whether this page must not reconnect. */
  #ready = false;
  #greeted = false;
  #final = false;

  /**
   * @param {string} path
   * @param {{batch: (patches: Patch[], snapshot: boolean) => void, snapshot: () => void,
   *   notice: (text: string, at?: string[]) => void, status: (word: string, fresh?: boolean) => void}} on
   *   `fresh`: the visit knows nothing about this page yet
   */
  constructor(path, on) {
    this.#path = path;
    this.#on = on;
  }

  async open() {
    this.visit = await ownVisit(this.#path);
    this.#connect();
    this.#alive = new Alive({ doubt: () => this.#ask(), dead: () => this.#final || this.#drop() });
  }

  /**
   * Send an event: now, or right after the first hello, and again after reconnecting until it is acknowledged. False
   * while the connection is known to be lost; nothing is kept then. Its id is unique in the visit; `crypto.randomUUID`
   * needs HTTPS. @param {Happening} happened
   */
  say(happened) {
    /** @type {Happened} */
    const event = { t: "event", id: `${Math.random()}`, ...happened };
    const said = this.#send(event);
    if (!said && (this.#greeted || this.#final)) return false;
    this.unheard.add(event, said);
    return true;
  }

  /** @param {Said} message */
  #send(message) {
    if (!this.#ready || this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  #connect() {
    clearTimeout(this.#retryTimer);
    this.unheard.expectHello();
    const socket = (this.#socket = new WebSocket(new URL(this.#path, location.href.replace(/^http/, "ws"))));
    const hello = { t: "hello", visit: this.visit, have: this.#applied.n, v: VERSION, of: document.body.dataset.mark };
    socket.onopen = () => socket.send(JSON.stringify(hello));
    socket.onmessage = (event) => socket === this.#socket && this.#receive(event.data);
    socket.onclose = (event) => socket === this.#socket && this.#lost(event.code);
  }

  /** @param {string} data */
  #receive(data) {
    this.#alive?.heard();
    const message = /** @type {Message} */ (JSON.parse(data));
    if (message.hello) this.#hello(message.hello);
    if (message.notice) this.#on.notice(message.notice, message.at);
    if (message.go) location.assign(message.go);
    if (message.p) this.#batch(/** @type {Batch} */ (message), data.length);
  }

  /** @param {Batch} batch @param {number} bytes */
  #batch({ n, p, snapshot = false, heard = "" }, bytes) {
    this.unheard.heard(heard);
    if (n <= this.#applied.n && !snapshot) return;
    this.#applied.upTo(n, bytes);
    if (snapshot) this.#on.snapshot();
    this.#on.batch(p, snapshot);
  }

  /** @param {Hello} hello */
  #hello({ visit, new: fresh, heard, back }) {
    keep(this.#path, (this.visit = visit));
    if (fresh) this.#applied.reset();
    const lost = fresh && this.unheard.giveUp();
    this.#ready = this.#greeted = true;
    this.#waits.attempt = 0;
    this.#why = "lost";
    this.unheard.heard(heard);
    for (const event of this.unheard.sayAgain()) this.#send(event);
    if (lost) this.#on.notice("The server was restarted, so this was not done. Try again.");
    this.#on.status("open", fresh || back);
  }

  /** Drop a connection that died silently, and reconnect. */
  #drop() {
    this.#socket?.close();
    this.#socket = null;
    this.#lost(0);
  }

  /** @param {number} code */
  #lost(code) {
    clearTimeout(this.#retryTimer);
    this.#ready = false;
    this.unheard.rest();
    this.#final = code in FINAL;
    if (this.#final) return this.#on.status(FINAL[code]);
    if (code === RESTARTING) this.#why = "restarting";
    this.#on.status(this.#why);
    this.#retryTimer = setTimeout(() => this.#connect(), this.#waits.next(code));
  }

  /** After sleep, going online or long silence: check an open connection, or reconnect immediately. */
  #ask() {
    if (this.#ready) this.say({ el: null, on: "awake", values: {} });
    if (this.#ready || this.#final || (this.#socket && this.#socket.readyState !== WebSocket.CLOSED)) return;
    this.#waits.attempt = 1;
    this.#connect();
  }
}
