// @ts-check
/**
 * The debugger below a page in preview. Opens its own socket as soon as the page has its visit (`sw:visit`), and draws
 * what it receives; the page's socket is not involved.
 *
 *   <sw-debugger data-socket="/ws/debug/juniper/" data-sprite="/static/icons.svg"><template shadowrootmode="open">
 *     <section class="debug">… <ol data-part="rows"></ol> …</section></template></sw-debugger>
 */
import { Waits } from "../waits.js";
import { fill, make, say } from "./draw.js";
import { drawRate } from "./rate.js";
import { drawState, stateOf } from "./state.js";
import { drawSteps, lengthFor } from "./steps.js";
import { drawValues } from "./values.js";
/** @import { Named, Picture, Run } from "workflows/live/debugger" */

const NOT_YOURS = 4004;
const WINDOW_SECONDS = 12;
const KEPT_AS = "debugger";

class Debugger extends HTMLElement {
  connectedCallback() {
    this.#signal = new AbortController();
    const { signal } = this.#signal;
    for (const part of this.shadowRoot?.querySelectorAll("[data-part]") ?? []) {
      this.#parts[/** @type {HTMLElement} */ (part).dataset.part ?? ""] = /** @type {HTMLElement} */ (part);
    }
    const { fold, stop, runs, replay } = this.#parts;
    document.addEventListener("sw:visit", this.#visited, { signal });
    fold.addEventListener("click", () => this.#close(!this.#bar.hasAttribute("data-closed"), true), { signal });
    stop.addEventListener("click", () => this.#ask("stop"), { signal });
    const chosen = (/** @type {HTMLElement} */ select, /** @type {string} */ verb) =>
      select.addEventListener("change", () => this.#ask(`${verb} ${/** @type {HTMLSelectElement} */ (select).value}`), {
        signal,
      });
    chosen(runs, "show");
    chosen(replay, "replay");
    this.#sizes.observe(this.#bar);
    const kept = localStorage.getItem(KEPT_AS);
    this.#close(kept ? kept === "closed" : innerWidth < 800, false);
    drawRate(this.#parts, null, WINDOW_SECONDS);
  }

  disconnectedCallback() {
    this.#signal.abort();
    this.#sizes.disconnect();
    clearTimeout(this.#retry);
    this.#visit = "";
    this.#socket?.close();
    document.documentElement.style.removeProperty("--below");
  }

  #signal = new AbortController();
  /** @type {Record<string, HTMLElement>} */
  #parts = {};
  /** @type {WebSocket | null} */
  #socket = null;
  /** What is to be sent once the socket is open. @type {string[]} */
  #waiting = [];
  #visit = "";
  /** @type {number | undefined} */
  #retry;
  #waits = new Waits();

  // Keep the page above the bar.
  #sizes = new ResizeObserver(() =>
    document.documentElement.style.setProperty("--below", `${this.#bar.offsetHeight}px`),
  );

  get #bar() {
    return /** @type {HTMLElement} */ (this.shadowRoot?.querySelector(".debug"));
  }

  /** @param {boolean} closed @param {boolean} chosen whether the user did it, so that it is remembered */
  #close(closed, chosen) {
    this.#bar.toggleAttribute("data-closed", closed);
    this.#parts.fold.setAttribute("aria-expanded", String(!closed));
    this.#parts.fold.ariaLabel = closed ? "Open the debugger" : "Collapse the debugger";
    if (chosen) localStorage.setItem(KEPT_AS, closed ? "closed" : "open");
  }

  #visited = (/** @type {CustomEvent<string>} */ event) => {
    if (event.detail === this.#visit && this.#socket && this.#socket.readyState <= WebSocket.OPEN) return;
    this.#visit = event.detail;
    this.#connect();
  };

  /** @param {string} command */
  #ask(command) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(command);
    else this.#waiting.push(command);
  }

  #connect() {
    clearTimeout(this.#retry);
    this.#socket?.close();
    const address = new URL(`${this.dataset.socket}${this.#visit}/`, location.href.replace(/^http/, "ws"));
    const socket = (this.#socket = new WebSocket(address));
    socket.onopen = () => {
      for (const command of this.#waiting.splice(0)) socket.send(command);
    };
    socket.onmessage = (message) => {
      if (socket !== this.#socket) return;
      this.#waits.attempt = 0;
      this.#draw(JSON.parse(message.data));
      socket.send("seen");
    };
    socket.onclose = (event) => {
      if (socket !== this.#socket || !this.#visit) return;
      drawState(this.#parts.state, "lost");
      this.#parts.stop.hidden = true;
      // If the visit is gone or the page has lost its connection, `sw:visit` will follow.
      if (event.code === NOT_YOURS || !document.body.hasAttribute("data-live")) return;
      this.#retry = setTimeout(() => this.#connect(), this.#waits.next(event.code));
    };
  }

  /** @param {Picture} picture */
  #draw({ run, runs, values, frames, replay }) {
    const parts = this.#parts;
    parts.replaying.hidden = !replay;
    /** @type {HTMLSelectElement} */ (parts.replay).value = String(replay || 0);
    const sprite = this.dataset.sprite ?? "";
    parts.steps.hidden = !run;
    parts.nothing.hidden = Boolean(run);
    drawState(parts.state, stateOf(run));
    parts.stop.hidden = !(run && run.state === "running" && run.streams);
    this.#drawRuns(run, runs);
    if (run) drawSteps(parts, run, sprite);
    drawValues(parts, values, sprite);
    drawRate(parts, frames, run && !frames?.slides ? lengthFor(run.seconds) : WINDOW_SECONDS);
  }

  /** @param {Run | null} run @param {Named[]} runs */
  #drawRuns(run, runs) {
    const select = /** @type {HTMLSelectElement} */ (this.#parts.runs);
    this.#parts.choice.hidden = !run;
    for (const [index, option] of fill(select, runs, () => make("option")).entries()) {
      const { id, title, began } = runs[index];
      option.setAttribute("value", id);
      say(option, `${title}, ${new Date(began * 1000).toLocaleTimeString("en-GB")}`);
    }
    if (run && select.value !== run.id) select.value = run.id;
  }
}

customElements.define("sw-debugger", Debugger);
