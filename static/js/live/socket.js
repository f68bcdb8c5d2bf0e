// @ts-check
/**
 * The page's one socket. Says who it was, applies batches, acknowledges them sparsely, and comes back after a lost
 * network by itself.
 *
 *   const socket = new LiveSocket("/ws/live/juniper/pg_ab12cd/", { batch, snapshot, notice, status });
 *   socket.open();
 *   socket.say({ t: "event", … });   // false when nobody hears it
 */

const VERSION = 1;
const ACK_EVERY_MS = 1000;
const ACK_EVERY_BYTES = 32 * 1024;
const FINAL = new Set([4004, 4008, 4009]);

export class LiveSocket {
  /** @type {WebSocket | null} */ #socket = null;
  #path; #on;
  #applied = 0; #acknowledged = 0; #bytes = 0;
  #attempt = 0;
  /** @type {number | undefined} */ #ackTimer;
  /** @type {number | undefined} */ #retryTimer;

  /**
   * @param {string} path
   * @param {{batch: (patches: any[], snapshot: boolean) => void, snapshot: () => void, notice: (text: string) => void,
   *          status: (word: "open" | "lost" | "refused" | "elsewhere") => void}} on
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

  /** Send a message now; false when there is no connection. @param {object} message */
  say(message) {
    if (!this.connected) return false;
    this.#socket?.send(JSON.stringify(message));
    return true;
  }

  get connected() {
    return this.#ready && this.#socket?.readyState === WebSocket.OPEN;
  }

  #ready = false;
  /** The server said that this page is not to come back. */
  #final = false;

  #connect() {
    this.#ready = false;
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
      if (message.hello.visit !== this.visit) hold(message.hello.visit);
      this.visit = message.hello.visit;
      if (message.hello.new) this.#applied = this.#acknowledged = 0;
      sessionStorage.setItem(this.#path, this.visit ?? "");
      this.#ready = true;
      this.#attempt = 0;
      this.#on.status("open");
    } else if (message.p) {
      if (message.n <= this.#applied && !message.snapshot) return;
      if (message.snapshot) this.#on.snapshot();
      this.#applied = message.n;
      this.#on.batch(message.p, Boolean(message.snapshot));
      this.#acknowledge(data.length);
    } else if (message.notice) {
      this.#on.notice(message.notice);
    }
  }

  /** Tell the server what was applied: at most once a second or every 32 KB. @param {number} bytes */
  #acknowledge(bytes) {
    this.#bytes += bytes;
    const now = () => {
      clearTimeout(this.#ackTimer);
      this.#ackTimer = undefined;
      if (this.#applied > this.#acknowledged && this.say({ t: "ack", n: this.#applied })) {
        this.#acknowledged = this.#applied;
        this.#bytes = 0;
      }
    };
    if (this.#bytes >= ACK_EVERY_BYTES) now();
    else this.#ackTimer ??= setTimeout(now, ACK_EVERY_MS);
  }

  /** @param {number} code */
  #lost(code) {
    this.#ready = false;
    this.#final = FINAL.has(code);
    if (this.#final) return this.#on.status(code === 4009 ? "elsewhere" : "refused");
    this.#on.status("lost");
    const wait = [0, 1000, 2000, 5000][this.#attempt++] ?? 10000;
    clearTimeout(this.#retryTimer);
    this.#retryTimer = setTimeout(() => this.#connect(), wait + Math.random() * (wait || 200));
  }

  #retryNow() {
    if (this.#final || this.#socket?.readyState !== WebSocket.CLOSED) return;
    clearTimeout(this.#retryTimer);
    this.#attempt = 1;
    this.#connect();
  }
}

/**
 * The visit of this tab: kept in the tab's storage and held by a lock, so that a duplicated tab, whose storage is a copy,
 * finds the lock taken and gets a visit of its own (S33).
 * @param {string} path
 * @returns {Promise<string | null>}
 */
async function ownVisit(path) {
  const stored = sessionStorage.getItem(path);
  if (!stored || (await hold(stored))) return stored;
  sessionStorage.removeItem(path);
  return null;
}

/** Hold a visit as this tab's until the tab is gone; false when another tab has it. @param {string} visit @returns {Promise<boolean>} */
function hold(visit) {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    navigator.locks.request(`visit ${visit}`, { ifAvailable: true }, (lock) => {
      resolve(Boolean(lock));
      return lock ? new Promise(() => {}) : undefined;
    });
  });
}
