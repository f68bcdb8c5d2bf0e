// @ts-check
/**
 * The list of APIs and calls as a tree: arrows move, Enter opens, ← → fold, F2 renames, Ctrl D duplicates, Del deletes,
 * Shift F10 or the menu key opens the row's menu.
 *
 *   <sw-calls role="tree"><div class="row api" role="treeitem" aria-level="1" aria-expanded="true">
 *     <span data-fold>…</span><a href="…">OpenAI</a><sw-menu>… <button data-verb="delete">…</sw-menu></div> …</sw-calls>
 */
import { onMorphed } from "lib/morph";

class Calls extends HTMLElement {
  connectedCallback() {
    this.#signal = new AbortController();
    const { signal } = this.#signal;
    this.addEventListener("keydown", this.#key, { signal });
    this.addEventListener("click", this.#clicked, { signal });
    this.addEventListener("focusin", this.#entered, { signal });
    signal.addEventListener("abort", onMorphed(this.#rove));
    this.#rove();
  }

  disconnectedCallback() {
    this.#signal.abort();
  }

  /** @type {AbortController} */
  #signal = new AbortController();

  get #rows() {
    const rows = /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll('[role="treeitem"]'));
    return [...rows].filter((row) => !row.hidden && !row.hasAttribute("data-folded"));
  }

  /** One row takes part in the Tab order: the focused one, else the open one, else the first. */
  #rove = () => {
    const rows = this.#rows;
    const stop = rows.find((row) => row === document.activeElement) || rows.find((row) => row.ariaSelected === "true") || rows[0];
    for (const row of rows) row.tabIndex = row === stop ? 0 : -1;
  };

  #entered = (/** @type {Event} */ event) => {
    if (this.#rows.includes(/** @type {HTMLElement} */ (event.target))) this.#rove();
  };

  #clicked = (/** @type {Event} */ event) => {
    const target = /** @type {Element} */ (event.target);
    const row = /** @type {HTMLElement | null} */ (target.closest('[role="treeitem"]'));
    if (!row || target.closest("a, sw-menu")) return;
    if (target.closest("[data-fold]")) this.#fold(row, row.ariaExpanded === "true");
    else row.querySelector("a")?.click();
  };

  /** @param {HTMLElement} row an API @param {boolean} away */
  #fold(row, away) {
    row.ariaExpanded = String(!away);
    for (let next = row.nextElementSibling; next && !next.hasAttribute("aria-expanded"); next = next.nextElementSibling) {
      next.toggleAttribute("data-folded", away);
    }
  }

  #key = (/** @type {KeyboardEvent} */ event) => {
    const row = /** @type {HTMLElement} */ (event.target);
    if (row.getAttribute("role") !== "treeitem") return;
    const rows = this.#rows;
    const to = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (to) rows[rows.indexOf(row) + to]?.focus();
    else if (event.key === "Home") rows[0]?.focus();
    else if (event.key === "End") rows.at(-1)?.focus();
    else if (event.key === "ArrowRight" && row.ariaExpanded) this.#fold(row, false);
    else if (event.key === "ArrowLeft" && row.ariaExpanded) this.#fold(row, true);
    else if (event.key === "ArrowLeft") this.#parent(row)?.focus();
    else if (event.key === "Enter" || event.key === " ") row.querySelector("a")?.click();
    else if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) row.querySelector("sw-menu > button")?.click();
    else if (!this.#do(row, VERBS[event.ctrlKey || event.metaKey ? `Ctrl ${event.key.toLowerCase()}` : event.key])) return;
    event.preventDefault();
    event.stopPropagation();
  };

  /** @param {HTMLElement} row */
  #parent(row) {
    let above = row.previousElementSibling;
    while (above && !above.hasAttribute("aria-expanded")) above = above.previousElementSibling;
    return /** @type {HTMLElement | null} */ (above);
  }

  /** @param {HTMLElement} row @param {string | undefined} verb */
  #do(row, verb) {
    const button = verb ? /** @type {HTMLElement | null} */ (row.querySelector(`[data-verb="${verb}"]`)) : null;
    if (verb === "delete") (this.#rows[this.#rows.indexOf(row) - 1] || this.#rows[this.#rows.indexOf(row) + 1])?.focus();
    button?.click();
    return Boolean(button);
  }
}

/** @type {Record<string, string>} */
const VERBS = { F2: "rename", Delete: "delete", "Ctrl d": "duplicate" };

customElements.define("sw-calls", Calls);
