// @ts-check
/**
 * <sw-tabs>: the tabs of several panels, following the ARIA Authoring Practices. Its value is the name of the open one.
 *
 *   <sw-tabs role="tablist" data-p="value"><button role="tab" data-value="Care">Care</button>…</sw-tabs>
 *   <div role="tabpanel"><div data-tab="Care of the fig">…</div></div>…      // the label of its tab, if it has one
 */

let known = 0;

export class Tabs extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this.#clicked);
    this.addEventListener("keydown", this.#pressed);
    const panels = this.#panels;
    this.#watch.observe(/** @type {Element} */ (this.parentElement), { attributeFilter: ["data-tab"], subtree: true });
    this.#name();
    this.#tabs.forEach((tab, number) => {
      const id = `sw-tab-${++known}`;
      tab.id = id;
      tab.setAttribute("aria-controls", (panels[number].id = `${id}-panel`));
      panels[number].setAttribute("aria-labelledby", id);
    });
    this.value = this.value;
  }

  disconnectedCallback() {
    this.removeEventListener("click", this.#clicked);
    this.removeEventListener("keydown", this.#pressed);
    this.#watch.disconnect();
  }

  get value() {
    return this.#tabs.find((tab) => tab.ariaSelected === "true")?.dataset.value ?? "";
  }

  set value(value) {
    const tabs = this.#tabs;
    const chosen = tabs.find((tab) => tab.dataset.value === value) ?? tabs[0];
    this.#panels.forEach((panel, number) => {
      const isIt = tabs[number] === chosen;
      tabs[number].ariaSelected = String(isIt);
      tabs[number].tabIndex = isIt ? 0 : -1;
      panel.hidden = !isIt;
    });
  }

  #watch = new MutationObserver(() => this.#name());

  #name() {
    this.#panels.forEach((panel, number) => {
      const tab = this.#tabs[number];
      const words = /** @type {HTMLElement | null} */ (panel.firstElementChild)?.dataset.tab || tab.dataset.value || "";
      if (tab.textContent !== words) tab.textContent = words;
    });
  }

  get #tabs() {
    return /** @type {HTMLButtonElement[]} */ ([...this.children]);
  }

  get #panels() {
    return /** @type {HTMLElement[]} */ (
      [...(this.parentElement?.children ?? [])].filter((each) => each.role === "tabpanel")
    );
  }

  /** Choose a tab on the visitor's behalf. @param {HTMLButtonElement} tab */
  #choose(tab) {
    tab.focus();
    if (tab.dataset.value === this.value) return;
    this.value = tab.dataset.value ?? "";
    for (const name of ["input", "change"]) this.dispatchEvent(new Event(name, { bubbles: true }));
  }

  #clicked = (/** @type {MouseEvent} */ event) => {
    const tab = /** @type {Element} */ (event.target).closest("button");
    if (tab) this.#choose(tab);
  };

  #pressed = (/** @type {KeyboardEvent} */ event) => {
    const tabs = this.#tabs;
    const now = tabs.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    const onward = getComputedStyle(this).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const back = onward === "ArrowRight" ? "ArrowLeft" : "ArrowRight";
    const next = { [onward]: now + 1, [back]: now - 1, Home: 0, End: -1 }[event.key];
    if (next === undefined || now < 0) return;
    event.preventDefault();
    this.#choose(/** @type {HTMLButtonElement} */ (tabs.at(next % tabs.length)));
  };
}

customElements.define("sw-tabs", Tabs);
