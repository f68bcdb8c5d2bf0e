// @ts-check
/**
 * Detects connections that died silently: the network went away, the laptop slept, the page was frozen, or nothing has
 * arrived for a while.
 *
 *   const alive = new Alive({ doubt: () => socket.ask(), dead: () => socket.reconnect() });
 *   alive.heard();   // something arrived
 */

const LOOK_MS = 5000;
/** After this much silence, check whether the server is there. */
const QUIET_MS = 20000;
/** No connection survives sleep of this length: the server drops a silent browser after 30 s. */
const SLEPT_MS = 25000;

export class Alive {
  #last = Date.now();
  #looked = Date.now();

  /** @param {{doubt: () => void, dead: () => void}} on */
  constructor({ doubt, dead }) {
    addEventListener("offline", dead);
    addEventListener("online", doubt);
    addEventListener("pageshow", (event) => event.persisted && doubt());
    document.addEventListener("resume", doubt);
    document.addEventListener("visibilitychange", () => !document.hidden && doubt());
    setInterval(() => {
      const now = Date.now();
      const slept = now - this.#looked - LOOK_MS;
      this.#looked = now;
      this.#last = Math.min(this.#last, now); // the clock may have been set back
      if (document.hidden) return;
      if (slept > SLEPT_MS) dead();
      else if (slept > LOOK_MS || now - this.#last > QUIET_MS) doubt();
    }, LOOK_MS);
  }

  heard() {
    this.#last = Date.now();
  }
}
