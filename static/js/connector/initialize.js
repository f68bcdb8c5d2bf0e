// @ts-check
/**
 * The dialog while Initialize reads: it receives progress snapshots over a socket and shows them. All text comes from
 * the external service and is only ever inserted as text nodes, never as markup.
 *
 *   <button id="initialize" data-initialize="/ws/initialize/…" data-returned="/…/returned/">…</button>
 *   <sw-initialize><dialog>… [data-stage] [data-number] [data-frames] [data-text]
 *     [data-stop] [data-cancel] …</dialog></sw-initialize>
 */
import { explain } from "connector/explain";
import { LOST, NOT_SHOWN, allSaved, allow, fixOf } from "connector/fix";
import { NOTHING, say, show } from "connector/reading";
import { count } from "connector/words";
import { speak } from "lib/toast";
/** @import { Failed, Told } from "connector/captures/initialize" */

class Initialize extends HTMLElement {
  connectedCallback() {
    this.#signal = new AbortController();
    const { signal } = this.#signal;
    document.addEventListener("click", this.#asked, { signal });
    this.#part("[data-stop]").addEventListener("click", () => this.#socket?.send("stop"), { signal });
    this.#part("[data-cancel]").addEventListener("click", () => this.#dialog.close(), { signal });
    this.#dialog.addEventListener("close", this.#left, { signal });
  }

  disconnectedCallback() {
    this.#signal.abort();
    this.#left();
  }

  #signal = new AbortController();
  /** @type {WebSocket | null} */
  #socket = null;
  #done = false;

  get #dialog() {
    return /** @type {HTMLDialogElement} */ (this.querySelector("dialog"));
  }

  get #button() {
    return /** @type {HTMLElement | null} */ (document.getElementById("initialize"));
  }

  /** @param {string} selector @returns {any} */
  #part(selector) {
    return this.querySelector(selector);
  }

  #asked = (/** @type {Event} */ event) => {
    const pressed = /** @type {Element} */ (event.target).closest("[data-initialize], [data-again]");
    if (!pressed || !this.#button || this.#dialog.open) return;
    pressed.closest("sw-dialog")?.remove();
    this.#start();
  };

  /** Leaving the field sends the last input, and the call is made once no request is pending. */
  async #start() {
    /** @type {HTMLElement | null} */ (document.activeElement)?.blur();
    const { initialize, name = "", last } = this.#button?.dataset || {};
    this.#reset(name, last);
    this.#dialog.showModal();
    this.#part("[data-cancel]").focus();
    await allSaved();
    if (!this.#dialog.open) return;
    const socket = new WebSocket(new URL(initialize || "", location.href.replace(/^http/, "ws")));
    this.#socket = socket;
    socket.addEventListener("open", () => socket.send("start"));
    socket.addEventListener("message", ({ data }) => {
      this.#heard(JSON.parse(data));
      if (socket.readyState === WebSocket.OPEN) socket.send("seen");
    });
    socket.addEventListener("close", () => this.#closed(socket));
  }

  /** @param {string} name @param {string} [last] the seconds it took last time */
  #reset(name, last) {
    this.#done = false;
    this.#part("[data-title]").textContent = `Initializing ${name}`;
    const took = last ? ` Last time that took ${last} s.` : "";
    this.#part("[data-hint]").textContent = `The whole answer is read before the fields are listed.${took}`;
    this.#over(false);
    show(this, NOTHING);
    say(this, "Connecting");
  }

  /** @param {Told} told */
  #heard(told) {
    if ("failed" in told) return this.#failed(told.failed);
    if ("cancelled" in told) return this.#dialog.close();
    show(this, told);
    if (told.done) this.#look(told.done, told.frames);
  }

  /** @param {number} capture @param {number} frames */
  async #look(capture, frames) {
    say(this, "Finding the fields");
    const { returned } = this.#button?.dataset || {};
    await htmx.ajax("GET", `${returned}${capture}/`, { target: "#dialogs", swap: "innerHTML" });
    if (!document.querySelector("#dialogs dialog")) return this.#failed(NOT_SHOWN);
    this.#done = true;
    this.#dialog.close();
    document.dispatchEvent(new CustomEvent("sw-refresh"));
    speak(`The answer is read: ${count(frames, "frame")}.`);
  }

  /** A button's action starts after `close`, whose handler closes the socket. @param {Partial<Failed>} error */
  #failed(error) {
    this.#done = true;
    say(this, "Failed");
    const leave = (/** @type {() => unknown} */ next) => () => {
      this.#dialog.addEventListener("close", next, { once: true });
      this.#dialog.close();
    };
    const go = (/** @type {string} */ id) => leave(() => document.getElementById(id)?.focus());
    const again = leave(() => this.#start());
    const fix = fixOf(error, go, (place) => allow(place, this.#button).then(again));
    this.#part("[data-title]").textContent = "Initialize failed";
    this.#part("[data-hint]").textContent = this.#button?.matches("[data-saved]")
      ? "The saved fields stay."
      : "Nothing was changed.";
    this.#over(true);
    const place = this.#part("[data-explain]");
    place.replaceChildren(explain(error, [fix, ["Run again", again]]));
    place.querySelector("button").focus();
  }

  /** After a failure, show the error, with nothing to stop. @param {boolean} failed */
  #over(failed) {
    this.#dialog.toggleAttribute("data-failed", failed);
    this.#part("[data-during]").hidden = failed;
    this.#part("[data-explain]").hidden = !failed;
    this.#part("[data-cancel]").textContent = failed ? "Close" : "Cancel";
  }

  /** @param {WebSocket} socket */
  #closed(socket) {
    if (socket !== this.#socket || this.#done || !this.#dialog.open) return;
    this.#failed(LOST);
  }

  #left = () => {
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    if (!this.#done) this.#button?.focus();
  };
}

customElements.define("sw-initialize", Initialize);
