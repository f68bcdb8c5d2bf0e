// @ts-check
/**
 * The cards of a workflow by keyboard: ↑ ↓ Home End go between them, Alt ↑ ↓ move, Enter edits, A adds after, Del deletes,
 * Ctrl D duplicates, Shift F10 or the menu key opens the card's menu.
 *
 *   <sw-flow><ol><li class="step"><div class="step-card">… <a class="card-link" href="…">Ask the model</a>
 *     <sw-menu>… <button data-verb="up">Move up</button> …</sw-menu></div></li> …</ol></sw-flow>
 *
 * One card takes part in the Tab order: the focused one, else the selected one. A press anywhere on a card selects it.
 */
import { onMorphed } from "lib/morph";
import { open } from "workflows/follow";

class Flow extends HTMLElement {
  connectedCallback() {
    this.#signal = new AbortController();
    const { signal } = this.#signal;
    this.addEventListener("keydown", this.#key, { signal });
    this.addEventListener("click", this.#clicked, { signal });
    this.addEventListener("focusin", this.#rove, { signal });
    signal.addEventListener("abort", onMorphed(this.#rove));
    this.#rove();
  }

  disconnectedCallback() {
    this.#signal.abort();
  }

  /** @type {AbortController} */
  #signal = new AbortController();

  get #cards() {
    return /** @type {HTMLAnchorElement[]} */ ([...this.querySelectorAll(".card-link")]);
  }

  #rove = () => {
    const cards = this.#cards;
    const stop = cards.find((card) => card === document.activeElement) || cards.find((card) => card.ariaCurrent === "true") || cards[0];
    for (const card of cards) card.tabIndex = card === stop ? 0 : -1;
  };

  #clicked = (/** @type {MouseEvent} */ event) => {
    const target = /** @type {Element} */ (event.target);
    const link = /** @type {HTMLAnchorElement | null} */ (target.closest(".step-card")?.querySelector(".card-link") || null);
    if (!link || target.closest("sw-menu") || event.ctrlKey || event.metaKey) return;
    if (!target.closest("a")) link.click();
    else document.dispatchEvent(new CustomEvent("sw-selected"));
  };

  #key = (/** @type {KeyboardEvent} */ event) => {
    const card = /** @type {HTMLAnchorElement} */ (event.target);
    const cards = this.#cards;
    const at = cards.indexOf(card);
    if (at < 0) return;
    const control = event.ctrlKey || event.metaKey;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: cards.length - 1 }[event.key];
    if (event.altKey && ["ArrowUp", "ArrowDown"].includes(event.key)) this.#press(card, event.key === "ArrowUp" ? "up" : "down");
    else if (to !== undefined && !event.altKey && !control) cards[to]?.focus();
    else if (event.key === "Enter" && !control) open(card.href, at ? "step-options" : "event-options");
    else if (event.key === "Delete") this.#press(card, "delete");
    else if (event.key.toLowerCase() === "d" && control) this.#press(card, "duplicate");
    else if (event.key.toLowerCase() === "a" && !control && !event.altKey) this.#add(card);
    else if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) this.#inCard(card, "sw-menu > button")?.click();
    else return;
    event.preventDefault();
  };

  /** @param {Element} card @param {string} selector @returns {HTMLElement | null} */
  #inCard(card, selector) {
    return card.closest(".step")?.querySelector(selector) || null;
  }

  /** @param {Element} card @param {string} verb */
  #press(card, verb) {
    this.#inCard(card, `[data-verb="${verb}"]`)?.click();
  }

  /** The place right after a card: its own, that of the gate under it, or the button at the end. @param {Element} card */
  #add(card) {
    let row = card.closest(".step");
    while (row && !row.querySelector("[data-pick]")) row = row.nextElementSibling;
    /** @type {HTMLElement | null | undefined} */ (row?.querySelector("[data-pick]"))?.click();
  }
}

customElements.define("sw-flow", Flow);
