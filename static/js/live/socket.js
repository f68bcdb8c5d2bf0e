// @ts-check
/**
 * The page's one socket. Says who it was, applies batches, acknowledges them sparsely, and comes back after a lost
 * network by itself. What happens in the page is said until the server has heard it (P14).
 *
 *   const socket = new LiveSocket("/ws/live/juniper/pg_ab12cd/", { batch, snapshot, notice, status });
 *   socket.open();
 *   socket.say({ t: "event", id, … });   // false while the connection is known to be lost
 */

import { keep, ownVisit } from "./tab.js";
import { Unheard } from "./unheard.js";

const VERSION = 1;
const ACK_EVERY_MS = 1000, ACK_EVERY_BYTES = 32 * 1024;
/** The close code of a server that comes back in a moment. */
const RESTARTING = 4012;
/** @type {Record<number, "refused" | "elsewhere" | "old">} close codes after which the page does not come back */
const FINAL = { 4004: "refused", 4008: "refused", 4009: "elsewhere", 4010: "old" };

export class LiveSocket {
  /** @type {WebSocket | null} */ #socket = null;
  #path; #on;
  #applied = 0; #acknowledged = 0; #bytes = 0; #attempt = 0;
  /** @type {number | undefined} */ #ackTimer; /** @type {number | undefined} */ #retryTimer;
  #unheard = new Unheard(() => this.#drop());
  /** @type {"lost" | "restarting"} why there is no connection */ #why = "lost";
  /** The server has said hello: on this connection, on any. */
  #ready = false; #greeted = false;
  /** The server said that this page is not to come back. */ #final = false;

  /**
   * @param {string} path
   * @param {{batch: (patches: any[], snapshot: boolean) => void, snapshot: () => void, notice: (text: string) => void,
   *          status: (word: string, fresh?: boolean) => void}} on `fresh`: the visit knows nothing of this page yet
   */
  constructor(path, on) {
    this.#path = path;
    this.#on = on;
  }

  async open() {
    this.visit = await ownVisit(this.#path);
    this.#connect();
    addEventListener("online", () => this.#retryNow());
    document.addEventListener("visibilitychange", () => !document.hidden && this.#retryNow());
  }

  /**
   * Say what happened: now, or right after the first hello, and again after a reconnect until the server has heard it.
   * False while the connection is known to be lost: then nothing is kept. @param {any} event with an `id` of its own
   */
  say(event) {
    const said = this.#send(event);
    if (!said && (this.#greeted || this.#final)) return false;
    this.#unheard.add(event, said);
    return true;
  }

  /** @param {object} message */
  #send(message) {
    if (!this.#ready || this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  #connect() {
    this.#unheard.expectHello();
    const socket = (this.#socket = new WebSocket(new URL(this.#path, location.href.replace(/^http/, "ws"))));
    socket.onopen = () =>
      socket.send(JSON.stringify({ t: "hello", visit: this.visit, have: this.#applied, v: VERSION }));
    socket.onmessage = (event) => socket === this.#socket && this.#receive(event.data);
    socket.onclose = (event) => socket === this.#socket && this.#lost(event.code);
  }

  /** @param {string} data */
  #receive(data) {
    const message = JSON.parse(data);
    if (message.hello) {
      this.#hello(message.hello);
    } else if (message.p) {
      if (message.heard) this.#unheard.heard(message.heard);
      if (message.n <= this.#applied && !message.snapshot) return;
      if (message.snapshot) this.#on.snapshot();
      this.#applied = message.n;
      this.#on.batch(message.p, Boolean(message.snapshot));
      this.#acknowledge(data.length);
    } else if (message.notice) {
      this.#on.notice(message.notice);
    }
  }

  /** @param {{visit: string, new: boolean, heard: string}} hello */
  #hello({ visit, new: fresh, heard }) {
    keep(this.#path, (this.visit = visit));
    if (fresh) this.#applied = this.#acknowledged = 0;
    const lost = fresh && this.#unheard.giveUp();
    this.#ready = this.#greeted = true;
    [this.#attempt, this.#why] = [0, "lost"];
    this.#unheard.heard(heard);
    for (const event of this.#unheard.sayAgain()) this.#send(event);
    if (lost) this.#on.notice("The server was started again, so this was not done. Try it again.");
    this.#on.status("open", fresh);
  }

  /** Tell the server what was applied: at most once a second or every 32 KB. @param {number} bytes */
  #acknowledge(bytes) {
    this.#bytes += bytes;
    const now = () => {
      clearTimeout(this.#ackTimer);
      this.#ackTimer = undefined;
      if (this.#applied > this.#acknowledged && this.#send({ t: "ack", n: this.#applied })) {
        this.#acknowledged = this.#applied;
        this.#bytes = 0;
      }
    };
    if (this.#bytes >= ACK_EVERY_BYTES) now();
    else this.#ackTimer ??= setTimeout(now, ACK_EVERY_MS);
  }

  /** The connection is dead although nobody has said so. */
  #drop() {
    const dead = this.#socket;
    this.#socket = null;
    dead?.close();
    this.#lost(0);
  }

  /** @param {number} code */
  #lost(code) {
    this.#ready = false;
    this.#unheard.rest();
    this.#final = code in FINAL;
    if (this.#final) return this.#on.status(FINAL[code]);
    if (code === RESTARTING) [this.#attempt, this.#why] = [Math.max(1, this.#attempt), "restarting"];
    this.#on.status(this.#why);
    const wait = [0, 1000, 2000, 5000][this.#attempt++] ?? 10000;
    clearTimeout(this.#retryTimer);
    this.#retryTimer = setTimeout(() => this.#connect(), wait + Math.random() * (wait || 200));
  }

  #retryNow() {
    // Awake or online again: saying something shows whether a connection that seems open is dead.
    if (this.#ready) this.say({ t: "event", id: crypto.randomUUID(), el: null, on: "awake", values: {} });
    if (this.#final || this.#socket?.readyState !== WebSocket.CLOSED) return;
    clearTimeout(this.#retryTimer);
    this.#attempt = 1;
    this.#connect();
  }
}
