// @ts-check
/**
 * The element tree, following the WAI-ARIA pattern: one tab stop, arrows, Home, End, letters; Space and Ctrl click
 * select several, Shift click selects a range. Rows can be dragged, and renamed in place.
 *
 *   <sw-tree id="tree" data-page="pg_ab12cd"><div role="tree">
 *     <div role="treeitem" data-node="el_k3x9q2" aria-level="2">…</div></div></sw-tree>
 *   // Closed rows are remembered for each page in this browser.
 */
import { press } from "design/drag_press";
import { hiddenBySearch } from "design/tree_find";
import { stepFrom } from "design/tree_keys";
import { renameIn } from "design/tree_names";
import { choose } from "design/tree_reach";
import { showRows } from "design/tree_rows";
import { allRows, pageKey, parentOf, pathTo, rowOf } from "design/rows";
import { isSelected, moved, onSelect, select, selected, selection } from "design/selection";

export class Tree extends HTMLElement {
  connectedCallback() {
    this.#signal = new AbortController();
    const { signal } = this.#signal;
    this.#closed = new Set(JSON.parse(localStorage.getItem(this.#store) || "[]"));
    this.addEventListener("click", this.#clicked, { signal });
    this.addEventListener("dblclick", this.#renamed, { signal });
    this.addEventListener("pointerdown", this.#pressed, { signal });
    this.addEventListener("keydown", this.#key, { signal });
    document.addEventListener("sw-drawn", this.#drawn, { signal });
    document.addEventListener("sw-found", () => this.#show(), { signal });
    document.addEventListener("sw-ahead", () => (this.#was = ""), { signal });
    document.addEventListener("click", this.#verb, { signal });
    onSelect(() => this.#follow(), { signal });
    this.#follow();
  }

  disconnectedCallback() {
    this.#signal.abort();
  }

  /** Show a row's children. @param {string} key */
  open = (key) => this.#toggle(key, true);

  /** @param {string} key the row whose name becomes a field */
  rename(key) {
    for (const around of pathTo(parentOf(key))) this.#closed.delete(around);
    this.#show();
    const row = rowOf(key);
    if (row) renameIn(row);
  }

  /** @type {AbortController} */
  #signal = new AbortController();
  /** @type {Set<string>} */
  #closed = new Set();
  #was = "";

  get #store() {
    return `tree:${this.dataset.page}`;
  }

  #drawn = (/** @type {DocumentEventMap["sw-drawn"]} */ event) => {
    if (event.detail.change.select) this.#was = "";
    this.#show();
  };

  /** Reveal the selection: open its ancestors, and scroll to it if it is new or was moved. */
  #follow() {
    const key = selected();
    for (const around of pathTo(parentOf(key))) this.#closed.delete(around);
    this.#show();
    if (key !== this.#was) rowOf(key)?.scrollIntoView({ block: "nearest" });
    this.#was = key;
    if (document.activeElement?.role === "treeitem") rowOf(key)?.focus({ preventScroll: true });
  }

  #show() {
    const key = selected();
    showRows(this.#closed, key, new Set(selection()), hiddenBySearch());
    if (this.hasAttribute("data-lost-focus")) rowOf(key)?.focus();
    this.removeAttribute("data-lost-focus");
  }

  /** @param {string} key @param {boolean} open */
  #toggle(key, open) {
    this.#closed[open ? "delete" : "add"](key);
    localStorage.setItem(this.#store, JSON.stringify([...this.#closed]));
    if (!open && pathTo(selected()).includes(key)) select(key);
    this.#show();
  }

  /** Handle "Open all" and "Close all" in the menu beside the tree. */
  #verb = (/** @type {Event} */ event) => {
    const button = /** @type {Element} */ (event.target).closest?.("[data-tree-verb]");
    if (!button) return;
    const open = button.getAttribute("data-tree-verb") === "open";
    const [, ...inner] = allRows();
    for (const row of inner) if (row.ariaExpanded) this.#toggle(row.dataset.node || "", open);
  };

  /** @param {Event} event @returns {HTMLElement | null} */
  #rowAt = (event) => /** @type {Element} */ (event.target).closest("[role=treeitem]");

  #pressed = (/** @type {PointerEvent} */ event) => {
    const key = this.#rowAt(event)?.dataset.node || "";
    const target = /** @type {Element} */ (event.target);
    if (!key || key === pageKey() || target.closest(".twist, input")) return;
    press(event, { moving: isSelected(key) ? moved() : [key] });
  };

  #clicked = (/** @type {MouseEvent} */ event) => {
    const [row, target] = [this.#rowAt(event), /** @type {Element} */ (event.target)];
    if (!row || target.closest("input")) return;
    if (target.closest(".twist") && row.ariaExpanded)
      return this.#toggle(row.dataset.node || "", row.ariaExpanded !== "true");
    this.#go(row, { add: event.ctrlKey || event.metaKey, reach: event.shiftKey });
  };

  #renamed = (/** @type {Event} */ event) => {
    const row = this.#rowAt(event);
    if (row && !(/** @type {Element} */ (event.target).closest(".twist, input"))) renameIn(row);
  };

  /** @param {HTMLElement | null | undefined} row @param {{ add?: boolean, reach?: boolean }} how */
  #go(row, how) {
    if (!row) return;
    choose(row.dataset.node || "", how);
    row.focus();
  }

  #key = (/** @type {KeyboardEvent} */ event) => {
    const row = this.#rowAt(event);
    const step =
      row &&
      event.target === row &&
      stepFrom(
        row,
        allRows().filter((each) => !each.hidden),
        event,
      );
    if (!step) return;
    event.preventDefault();
    if (step.rename) renameIn(row);
    else if (step.open !== undefined) this.#toggle(row.dataset.node || "", step.open);
    else this.#go(step.to, step);
  };
}

customElements.define("sw-tree", Tree);
