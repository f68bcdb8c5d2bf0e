// @ts-check
/**
 * The list of APIs and calls as a tree: arrows move, Enter opens, ← → fold; other operations on a row are actions with
 * keys of their own.
 *
 *   <sw-calls role="tree"><div class="row api" role="treeitem" aria-level="1" aria-expanded="true">
 *     <span data-fold>…</span><a href="…">OpenAI</a>
 *     <sw-menu>… <button data-verb="delete">…</sw-menu></div> …</sw-calls>
 */
import { action } from "lib/actions";
import { indexFor } from "lib/list_keys";
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

  /** One row is in the Tab order: the focused one, else the open one, else the first. */
  #rove = () => {
    const rows = this.#rows;
    const stop =
      rows.find((row) => row === document.activeElement) || rows.find((row) => row.ariaSelected === "true") || rows[0];
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
    let next = row.nextElementSibling;
    while (next && !next.hasAttribute("aria-expanded")) {
      next.toggleAttribute("data-folded", away);
      next = next.nextElementSibling;
    }
  }

  #key = (/** @type {KeyboardEvent} */ event) => {
    const row = /** @type {HTMLElement} */ (event.target);
    if (row.getAttribute("role") !== "treeitem") return;
    const rows = this.#rows;
    const to = indexFor(event.key, rows.indexOf(row), rows.length);
    if (to !== undefined) rows[to]?.focus();
    else if (event.key === "ArrowRight" && row.ariaExpanded) this.#fold(row, false);
    else if (event.key === "ArrowLeft" && row.ariaExpanded) this.#fold(row, true);
    else if (event.key === "ArrowLeft") this.#parent(row)?.focus();
    else if (event.key === "Enter" || event.key === " ") row.querySelector("a")?.click();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  /** @param {HTMLElement} row */
  #parent(row) {
    let above = row.previousElementSibling;
    while (above && !above.hasAttribute("aria-expanded")) above = above.previousElementSibling;
    return /** @type {HTMLElement | null} */ (above);
  }

  /** Move the focus to the row beside one that is about to be removed. @param {Element | null | undefined} row */
  leave(row) {
    const at = this.#rows.indexOf(/** @type {HTMLElement} */ (row));
    if (row === document.activeElement) (this.#rows[at - 1] || this.#rows[at + 1])?.focus();
  }
}

customElements.define("sw-calls", Calls);

/** The row that an action applies to: the focused one, else the open one. @param {Element} at */
const rowAt = (at) =>
  at.closest("sw-calls [role=treeitem]") || document.querySelector("sw-calls [role=treeitem][aria-selected=true]");
const OF_ROW = { group: "API connector", scope: ["calls"] };
for (const [verb, label, icon, ...keys] of [
  ["rename", "Rename this API or call", "text", "F2"],
  ["duplicate", "Duplicate this API or call", "copy", "Mod+D"],
  ["delete", "Delete this API or call", "trash", "Delete"],
]) {
  const button = (/** @type {Element} */ at) =>
    /** @type {HTMLElement | null | undefined} */ (rowAt(at)?.querySelector(`[data-verb="${verb}"]`));
  const press = (/** @type {Element} */ at) => {
    const [row, pressed] = [rowAt(at), button(at)];
    if (verb === "delete") /** @type {Calls | null | undefined} */ (row?.closest("sw-calls"))?.leave(row);
    pressed?.click();
  };
  action({ ...OF_ROW, changes: true, name: `call-${verb}`, label, icon, keys, when: button, run: press });
}
action({
  ...OF_ROW,
  name: "call-menu",
  label: "Menu of the row",
  keys: ["Shift+F10", "ContextMenu"],
  when: rowAt,
  run: (at) => /** @type {HTMLElement | null | undefined} */ (rowAt(at)?.querySelector("sw-menu > button"))?.click(),
});
