// @ts-check
/**
 * How long to wait before each attempt to reconnect: longer each time, and randomised, so that not all pages return at
 * once.
 *
 *   const waits = new Waits();
 *   socket.onclose = (event) => setTimeout(connect, waits.next(event.code));
 *   waits.attempt = 0;   // once the server is there
 */

/** The longest wait before each attempt, in ms. */
const LONGEST = [200, 1000, 2000, 5000, 10000];
export const RESTARTING = 4012; // the close code of a server that will be back shortly

export class Waits {
  attempt = 0;

  /** @param {number} [code] the close code of the lost connection */
  next(code) {
    if (code === RESTARTING) this.attempt ||= 1;
    const most = LONGEST[Math.min(this.attempt, LONGEST.length - 1)];
    const least = this.attempt++ && most / 2;
    return least + Math.random() * (most - least);
  }
}
