// @ts-check
/**
 * Tabs inside a panel: a click or the arrow keys choose one, and only its panel is shown.
 *
 *   <sw-tabs><div class="tabs" role="tablist">
 *     <button role="tab" aria-controls="a" aria-selected="true">…</button>…</div>
 *     <div id="a" role="tabpanel">…</div><div id="b" role="tabpanel" hidden>…</div></sw-tabs>
 *
 * Dispatches `sw-tab` with the panel's id in `detail.panel`.
 */
export class Tabs extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this.#clicked);
    this.addEventListener("keydown", this.#key);
    for (const tab of this.#tabs) tab.tabIndex = tab.ariaSelected === "true" ? 0 : -1;
  }

  disconnectedCallback() {
    this.removeEventListener("click", this.#clicked);
    this.removeEventListener("keydown", this.#key);
  }

  get #tabs() {
    return /** @type {HTMLElement[]} */ ([
      ...(this.querySelector('[role="tablist"]')?.querySelectorAll('[role="tab"]') || []),
    ]);
  }

  /** @param {HTMLElement} chosen */
  choose(chosen) {
    for (const tab of this.#tabs) {
      const on = tab === chosen;
      tab.ariaSelected = String(on);
      tab.tabIndex = on ? 0 : -1;
      const panel = document.getElementById(tab.getAttribute("aria-controls") || "");
      if (panel) panel.hidden = !on;
    }
    const detail = { panel: chosen.getAttribute("aria-controls") };
    this.dispatchEvent(new CustomEvent("sw-tab", { bubbles: true, detail }));
  }

  #clicked = (/** @type {Event} */ event) => {
    const tab = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest('[role="tab"]'));
    if (tab && this.#tabs.includes(tab)) this.choose(tab);
  };

  #key = (/** @type {KeyboardEvent} */ event) => {
    const tabs = this.#tabs;
    const at = tabs.indexOf(/** @type {HTMLElement} */ (event.target));
    if (at < 0) return;
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1 + tabs.length, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    const tab = tabs[to % tabs.length];
    tab.focus();
    this.choose(tab);
    event.preventDefault();
  };
}

customElements.define("sw-tabs", Tabs);
