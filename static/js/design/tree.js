// @ts-check
/**
 * The element tree by keyboard and mouse, after the WAI-ARIA pattern: one tab stop, arrows, Home, End, letters.
 *
 *   <sw-tree id="tree" data-page="pg_ab12cd"><div role="tree"><div role="treeitem" data-node="el_k3x9q2" aria-level="2">…</div></div></sw-tree>
 *
 * What is closed is remembered for each page in this browser.
 */
import { fittingTo } from "lib/actions";
import { nameField } from "design/keys";
import { allRows, childrenOf, parentOf, pathTo, rowOf } from "design/rows";
import { onSelect, select, selected } from "design/selection";

class Tree extends HTMLElement {
  connectedCallback() {
    this.#signal = new AbortController();
    const { signal } = this.#signal;
    this.#closed = new Set(JSON.parse(localStorage.getItem(this.#store) || "[]"));
    this.addEventListener("click", this.#clicked, { signal });
    this.addEventListener("dblclick", () => nameField()?.select(), { signal });
    this.addEventListener("keydown", this.#key, { signal });
    document.addEventListener("sw-drawn", () => this.#show(), { signal });
    document.addEventListener("click", this.#verb, { signal });
    onSelect(() => this.#follow(), { signal });
    this.#follow();
  }

  disconnectedCallback() {
    this.#signal.abort();
  }

  /** @type {AbortController} */
  #signal = new AbortController();

  /** @type {Set<string>} */
  #closed = new Set();

  get #store() {
    return `tree:${this.dataset.page}`;
  }

  /** @returns {HTMLElement[]} the rows that are to be seen */
  get #visible() {
    return allRows().filter((row) => !row.hidden);
  }

  /** The selection is seen: everything around it opens, and it comes into view. */
  #follow() {
    const key = selected();
    for (const around of pathTo(parentOf(key))) this.#closed.delete(around);
    this.#show();
    rowOf(key)?.scrollIntoView({ block: "nearest" });
    if (document.activeElement?.role === "treeitem") rowOf(key)?.focus();
  }

  #show() {
    const key = selected();
    for (const row of allRows()) {
      const own = row.dataset.node || "";
      row.hidden = pathTo(parentOf(own)).some((around) => this.#closed.has(around));
      if (row.ariaExpanded) row.ariaExpanded = String(!this.#closed.has(own));
      row.ariaSelected = String(own === key);
      row.tabIndex = own === key ? 0 : -1;
    }
    if (this.hasAttribute("data-lost-focus")) rowOf(key)?.focus();
    this.removeAttribute("data-lost-focus");
  }

  /** @param {string} key @param {boolean} open */
  #toggle(key, open) {
    if (open) this.#closed.delete(key);
    else this.#closed.add(key);
    localStorage.setItem(this.#store, JSON.stringify([...this.#closed]));
    if (!open && pathTo(selected()).includes(key)) select(key);
    this.#show();
  }

  /** "Open all" and "Close all" stand in a menu beside the tree. */
  #verb = (/** @type {Event} */ event) => {
    const verb = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest?.("[data-tree-verb]"))?.dataset.treeVerb;
    if (!verb) return;
    const inner = allRows().slice(1).filter((row) => row.ariaExpanded);
    for (const row of inner) this.#toggle(row.dataset.node || "", verb === "open");
  };

  #clicked = (/** @type {Event} */ event) => {
    const target = /** @type {Element} */ (event.target);
    const row = /** @type {HTMLElement | null} */ (target.closest("[role=treeitem]"));
    if (!row) return;
    if (target.closest(".twist") && row.ariaExpanded) return this.#toggle(row.dataset.node || "", row.ariaExpanded !== "true");
    this.#go(row);
  };

  /** @param {HTMLElement | null | undefined} row */
  #go(row) {
    if (!row) return;
    select(row.dataset.node || "");
    row.focus();
  }

  #key = (/** @type {KeyboardEvent} */ event) => {
    const row = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[role=treeitem]"));
    if (!row || !(this.#navigate(event, row) || this.#byLetter(event, row))) return;
    event.preventDefault();
  };

  /** @param {KeyboardEvent} event @param {HTMLElement} row */
  #navigate(event, row) {
    const plain = !(event.altKey || event.ctrlKey || event.metaKey || event.shiftKey);
    const [rows, key] = [this.#visible, row.dataset.node || ""];
    const at = rows.indexOf(row);
    if (!plain) return false;
    if (event.key === "ArrowDown") this.#go(rows[at + 1]);
    else if (event.key === "ArrowUp") this.#go(rows[at - 1]);
    else if (event.key === "Home") this.#go(rows[0]);
    else if (event.key === "End") this.#go(rows.at(-1));
    else if (event.key === "ArrowRight") row.ariaExpanded === "false" ? this.#toggle(key, true) : this.#go(rowOf(childrenOf(key)[0]));
    else if (event.key === "ArrowLeft") row.ariaExpanded === "true" ? this.#toggle(key, false) : this.#go(rowOf(parentOf(key)));
    else if (event.key === "Enter") nameField()?.select();
    else return false;
    return true;
  }

  /** @param {KeyboardEvent} event @param {HTMLElement} row the letter jumps to the next name that begins with it */
  #byLetter(event, row) {
    if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey || event.key === " " || fittingTo(event).length) return false;
    const rows = this.#visible;
    const after = [...rows.slice(rows.indexOf(row) + 1), ...rows.slice(0, rows.indexOf(row))];
    const found = after.find((each) => each.dataset.name?.toLowerCase().startsWith(event.key.toLowerCase()));
    this.#go(found);
    return Boolean(found);
  }
}

customElements.define("sw-tree", Tree);
