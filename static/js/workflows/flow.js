// @ts-check
/**
 * Keyboard control of a workflow's cards: ↑ ↓ Home End move between them, Enter edits; other operations on a card are
 * actions with keys of their own.
 *
 *   <sw-flow><ol><li class="step"><div class="step-card">… <a class="card-link" href="…">Ask the model</a>
 *     <sw-menu>… <button data-verb="up">Move up</button> …</sw-menu></div></li> …</ol></sw-flow>
 *
 * One card is in the Tab order: the focused one, else the selected one. A click anywhere on a card selects it.
 */
import { action } from "lib/actions";
import { indexFor } from "lib/list_keys";
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
    const stop =
      cards.find((card) => card === document.activeElement) ||
      cards.find((card) => card.ariaCurrent === "true") ||
      cards[0];
    for (const card of cards) card.tabIndex = card === stop ? 0 : -1;
  };

  #clicked = (/** @type {MouseEvent} */ event) => {
    const target = /** @type {Element} */ (event.target);
    const link = /** @type {HTMLAnchorElement | null} */ (
      target.closest(".step-card")?.querySelector(".card-link") || null
    );
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
    const to = indexFor(event.key, at, cards.length);
    if (to !== undefined && !event.altKey && !control) cards[to]?.focus();
    else if (event.key === "Enter" && !control) open(card.href, at ? "step-options" : "event-options");
    else return;
    event.preventDefault();
  };
}

/** The step that an action applies to: that of the focused card, else of the selected one. @param {Element} at */
const stepOf = (at) =>
  (at.closest(".card-link") || document.querySelector('.card-link[aria-current="true"]'))?.closest(".step");

/** @param {Element} at @param {string} selector @returns {HTMLElement | null} */
const inCard = (at, selector) => stepOf(at)?.querySelector(selector) || null;

/**
 * The button that adds right after a card: its own, that of the gate below it, or the one at the end.
 * @param {Element} at
 * @returns {HTMLElement | null}
 */
function placeAfter(at) {
  let row = stepOf(at);
  while (row && !row.querySelector("[data-pick]")) row = row.nextElementSibling;
  return row?.querySelector("[data-pick]") || null;
}

const OF_STEP = { group: "Workflow", scope: ["workflow"] };
action({
  ...OF_STEP,
  changes: true,
  name: "step-add",
  label: "Add a step after this one",
  icon: "plus",
  keys: ["A"],
  when: placeAfter,
  run: (at) => placeAfter(at)?.click(),
});
for (const [verb, label, icon, key] of [
  ["up", "Move step up", "arrow", "Alt+ArrowUp"],
  ["down", "Move step down", "arrow", "Alt+ArrowDown"],
  ["duplicate", "Duplicate step", "copy", "Mod+D"],
  ["delete", "Delete step", "trash", "Delete"],
]) {
  const button = (/** @type {Element} */ at) => inCard(at, `[data-verb="${verb}"]`);
  action({
    ...OF_STEP,
    changes: true,
    name: `step-${verb}`,
    label,
    icon,
    keys: [key],
    when: button,
    run: (at) => button(at)?.click(),
  });
}
action({
  ...OF_STEP,
  name: "step-menu",
  label: "Menu of the step",
  keys: ["Shift+F10", "ContextMenu"],
  when: (at) => inCard(at, "sw-menu > button"),
  run: (at) => inCard(at, "sw-menu > button")?.click(),
});

customElements.define("sw-flow", Flow);
