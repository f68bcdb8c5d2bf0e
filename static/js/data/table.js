// @ts-check
/**
 * A table of things: follows what runs save, supports moving by keys, and counts the selected things.
 *
 *   <sw-table data-socket="/ws/data/juniper/dt_ab12cd/"><button data-removes hidden><span>Delete</span></button>
 *     <table>… <input type="checkbox" data-picks-all> …
 *       <input type="checkbox" name="thing" value="th_ab12cd"> …</table></sw-table>
 *
 * Enter saves a cell and goes to the one below, Shift Enter inserts a line break, Esc reverts the input.
 */
import { onMorphed } from "lib/morph";
import { refresh } from "data/follow";
import { Waits } from "live/waits";

const NOT_YOURS = 4004;

class Table extends HTMLElement {
  static observedAttributes = ["data-socket"];

  connectedCallback() {
    this.#signal = new AbortController();
    const { signal } = this.#signal;
    this.addEventListener("change", this.#picked, { signal });
    this.addEventListener("keydown", this.#key, { signal });
    document.addEventListener("visibilitychange", this.#look, { signal });
    document.addEventListener("htmx:beforeSwap", this.#answered, { signal });
    signal.addEventListener("abort", onMorphed(this.#redraw));
    this.#connect();
    this.#redraw();
  }

  disconnectedCallback() {
    this.#signal.abort();
    this.#leave();
  }

  attributeChangedCallback() {
    // A morph creates an element before it sets its attributes.
    if (this.isConnected) this.#connect();
  }

  #signal = new AbortController();
  /** @type {WebSocket | null} */
  #socket = null;
  /** @type {number | undefined} */
  #retry;
  #waits = new Waits();
  #stale = false;
  /** @type {Set<string>} */
  #picks = new Set();
  /** @type {Element | null} */
  #wrong = null;

  #connect() {
    const path = this.dataset.socket;
    if (!path || this.#socket?.url.endsWith(path)) return;
    this.#leave();
    const socket = (this.#socket = new WebSocket(new URL(path, location.href.replace(/^http/, "ws"))));
    socket.onmessage = () => {
      this.#stale = true;
      this.#look();
    };
    socket.onclose = (event) => {
      if (socket !== this.#socket || event.code === NOT_YOURS) return;
      // Reload after reconnecting, in case a change was missed.
      this.#stale = true;
      this.#socket = null;
      this.#retry = setTimeout(() => this.#connect(), this.#waits.next(event.code));
    };
    socket.onopen = () => {
      this.#waits.attempt = 0;
      this.#look();
    };
  }

  #leave() {
    clearTimeout(this.#retry);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  /** Show what has changed, unless the tab is hidden. */
  #look = () => {
    if (!this.#stale || document.hidden) return;
    this.#stale = false;
    refresh();
  };

  // A cell whose value was refused stays as it is until its own next response.
  #answered = (/** @type {any} */ event) => event.target.closest?.("td[data-unsaved]")?.removeAttribute("data-unsaved");

  get #boxes() {
    return /** @type {HTMLInputElement[]} */ ([...this.querySelectorAll("[name=thing]")]);
  }

  #picked = (/** @type {Event} */ event) => {
    const box = /** @type {HTMLInputElement} */ (event.target);
    if (box.matches("[data-picks-all]")) for (const each of this.#boxes) this.#pick(each, box.checked);
    else if (box.name === "thing") this.#pick(box, box.checked);
    this.#redraw();
  };

  /** @param {HTMLInputElement} box @param {boolean} picked */
  #pick(box, picked) {
    if (picked) this.#picks.add(box.value);
    else this.#picks.delete(box.value);
  }

  /** Keep the selection when the table is redrawn. */
  #redraw = () => {
    const boxes = this.#boxes;
    this.#picks = new Set([...this.#picks].filter((key) => boxes.some((box) => box.value === key)));
    for (const box of boxes) box.checked = this.#picks.has(box.value);
    // A refused value may be scrolled out of view.
    const wrong = this.querySelector("[aria-invalid=true]");
    if (wrong !== this.#wrong) wrong?.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.#wrong = wrong;
    const many = this.#picks.size;
    const all = /** @type {HTMLInputElement | null} */ (this.querySelector("[data-picks-all]"));
    if (all) [all.checked, all.indeterminate] = [many > 0 && many === boxes.length, many > 0 && many < boxes.length];
    const button = /** @type {HTMLElement | null} */ (this.querySelector("[data-removes]"));
    if (!button) return;
    button.hidden = !many;
    const word = button.querySelector("span");
    if (word) word.textContent = `Delete ${many} thing${many === 1 ? "" : "s"}`;
  };

  #key = (/** @type {KeyboardEvent} */ event) => {
    const cell = /** @type {HTMLInputElement} */ (event.target);
    if (cell.name !== "value" || event.isComposing || cell instanceof HTMLSelectElement) return;
    if (event.key === "Escape") {
      cell.value = cell.defaultValue;
      cell.removeAttribute("data-unsaved");
    } else if (event.key === "Enter" && !event.shiftKey) {
      const cells = /** @type {HTMLInputElement[]} */ ([
        ...this.querySelectorAll(`tr [id$="${cell.id.slice(-9)}"][name=value]`),
      ]);
      const below = cells[cells.indexOf(cell) + 1];
      if (below) below.select();
      else cell.blur();
      below?.focus();
    } else {
      return;
    }
    event.preventDefault();
  };
}

customElements.define("sw-table", Table);
