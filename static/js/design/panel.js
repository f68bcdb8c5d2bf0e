// @ts-check
/**
 * The property panel: every change is saved, a stretch of typing as one gesture. A refused value stays as typed, with
 * the reason below it; so does one that could not be saved.
 *
 *   <sw-panel id="panel"><div data-node="el_k3x9q2">
 *     <div data-control="label"><input name="label"></div></div></sw-panel>
 */
import { conditions } from "design/conditions";
import { gesture } from "design/gestures";
import { nameField } from "design/keys";
import { lengthsAhead, lengthsOf } from "design/lengths_ahead";
import { forget, NO_NUMBER, numberOf, numbers } from "design/numbers";
import { panelButtons } from "design/panel_buttons";
import { refuse } from "design/refused";
import { setOf, whose } from "design/said";
import { fold, unfold } from "design/sections";
import { onScope, scope } from "design/scope";
import { again } from "design/shown";
import { styling } from "design/styling";
import { saves, wordsAhead } from "design/words_ahead";
import "design/panel_tabs";
import { onlyLooks } from "lib/looks";
import { toast } from "lib/toast";

const PAUSE = 400;
const WRITTEN = "sw-expr, input[type=text], textarea";

class Panel extends HTMLElement {
  connectedCallback() {
    const { signal } = (this.#signal = new AbortController());
    this.addEventListener("change", this.#changed, { signal });
    this.addEventListener("input", this.#typed, { signal });
    this.addEventListener("keydown", this.#key, { signal });
    this.addEventListener("sw-tab", this.#tabbed, { signal });
    this.addEventListener("toggle", fold, { signal, capture: true });
    this.addEventListener("sw-drawn", () => this.#show(), { signal });
    for (const part of [panelButtons, numbers, conditions, styling, wordsAhead, lengthsAhead]) part(this, signal);
    onScope(() => again(), { signal });
    // The server drew it for all widths; the canvas may have a narrow one from before.
    if (scope()) again();
    this.#show();
    // Select the name of a page that was just created.
    const url = new URL(location.href);
    if (!url.searchParams.has("name")) return;
    url.searchParams.delete("name");
    history.replaceState(history.state, "", url);
    nameField()?.select();
  }

  disconnectedCallback() {
    this.#signal.abort();
  }

  #signal = new AbortController();
  #timer = 0;
  /** The field that was saved last. @type {Element | null} */
  #saved = null;
  #tab = "panel-properties";

  /** Keep the chosen tab, also for the next element that has it; meanwhile show the first one. */
  #show() {
    const wanted = this.#tab;
    const tab = this.querySelector(`[aria-controls="${wanted}"]`) || this.querySelector("[role=tab]");
    if (tab && tab.ariaSelected !== "true") tab.closest("sw-tabs")?.choose(/** @type {HTMLElement} */ (tab));
    this.#tab = wanted;
    const mixed = /** @type {NodeListOf<HTMLInputElement>} */ (this.querySelectorAll("input[data-mixed]"));
    for (const each of mixed) each.indeterminate = true;
    unfold(this);
  }

  #tabbed = (/** @type {HTMLElementEventMap["sw-tab"]} */ event) => {
    if (event.detail.panel) this.#tab = event.detail.panel;
  };

  #typed = (/** @type {Event} */ event) => {
    const field = /** @type {HTMLInputElement} */ (event.target);
    if (field.localName !== "input" || !field.name || field.matches("[data-name], [data-number], form *")) return;
    if (!["text", "search"].includes(field.type)) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#save(field, field.value), PAUSE);
  };

  #changed = (/** @type {Event} */ event) => {
    const field = /** @type {HTMLInputElement} */ (event.target);
    clearTimeout(this.#timer);
    if (field.localName === "sw-expr")
      this.#save(field, /** @type {CustomEvent<{ value: unknown }>} */ (event).detail.value);
    else if (field.dataset.name !== undefined) this.#rename(field);
    else if (field.matches("[data-number]")) this.#count(field);
    else if (field.name && !field.closest("form"))
      this.#save(field, field.type === "checkbox" ? field.checked : field.value);
  };

  /** @param {HTMLInputElement} field */
  #count(field) {
    const number = numberOf(field);
    if (number === undefined) this.#refuse(field, NO_NUMBER);
    else this.#save(field, number, lengthsOf(field, number));
  }

  /** @param {HTMLElement} field @param {unknown} value @param {import("design/lengths").Lengths} [lengths] */
  async #save(field, value, lengths) {
    const over = saves(field);
    if (onlyLooks()) return over(false);
    this.#saved = field;
    const answer = await gesture(setOf(field, value), lengths);
    over(answer.ok);
    field.toggleAttribute("data-unsaved", Boolean(answer.isUnsaved) && field.matches(WRITTEN));
    this.#refuse(field, answer.sentence || "");
  }

  #refuse = (/** @type {HTMLElement} */ field, /** @type {string} */ sentence) =>
    refuse(field, sentence, field.closest("[data-control], [data-state]"));

  /** @param {HTMLInputElement} field the name field; a refused name is reverted */
  async #rename(field) {
    const answer = await gesture({ do: "rename", ...whose(field), name: field.value });
    if (!answer.sentence) return;
    toast({ sentence: answer.sentence });
    field.value = field.defaultValue;
  }

  #key = (/** @type {KeyboardEvent} */ event) => {
    const field = /** @type {HTMLInputElement} */ (event.target);
    if (field.localName !== "input" || !["text", "search"].includes(field.type) || field.closest("form")) return;
    if (event.key === "Escape") this.#takeBack(field);
    else if (event.key !== "Enter") return;
    field.blur();
    event.preventDefault();
    const row = document.querySelector("#tree [aria-selected=true]");
    if (field.dataset.name !== undefined) /** @type {HTMLElement | null} */ (row)?.focus();
  };

  /** Revert a field; if typing was already saved, the old value is saved again. @param {HTMLInputElement} field */
  #takeBack(field) {
    const isOther = field.value !== field.defaultValue;
    clearTimeout(this.#timer);
    forget();
    field.value = field.defaultValue;
    this.#refuse(field, "");
    if (isOther && this.#saved === field) field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

customElements.define("sw-panel", Panel);
