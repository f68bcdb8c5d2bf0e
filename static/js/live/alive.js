// @ts-check
/**
 * Signs that a connection has died although nobody said so: the network went away, the laptop slept, the page was
 * frozen, or nothing has come for a while.
 *
 *   const alive = new Alive({ doubt: () => socket.ask(), dead: () => socket.reconnect() });
 *   alive.heard();   // something came
 */

const LOOK_MS = 5000;
/** Nothing came for so long: the server is asked whether it is there. */
const QUIET_MS = 20000;
/** So long a sleep no connection survives: the server lets go of a silent browser after 30 s. */
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
      if (document.hidden) return;
      if (slept > SLEPT_MS) dead();
      else if (slept > LOOK_MS || now - this.#last > QUIET_MS) doubt();
    }, LOOK_MS);
  }

  heard() {
    this.#last = Date.now();
  }
}
