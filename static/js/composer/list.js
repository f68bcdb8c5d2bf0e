// @ts-check
/**
 * The list of options: typing filters it to those that contain the words. One option is active, and its details are
 * shown at the right. The focus stays in the search field.
 *
 *   const list = new List(composer);
 *   list.drawn();  list.move(1);  list.active;      // the option that Enter would add
 */
export class List {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.#root = root;
    root.addEventListener("input", (event) => event.target === this.find && this.filter());
  }

  /** @returns {HTMLInputElement | null} */
  get find() {
    return this.#root.querySelector("#composer-find");
  }

  /** @type {HTMLElement | null} */
  active = null;

  /** Update after the composer was drawn: the filter still applies, and the active option is the one the server names,
   * or stays.
   * @param {boolean} [stays] */
  drawn(stays = false) {
    const list = this.#root.querySelector("#composer-list");
    const named = list?.getAttribute("data-active");
    // A different list starts at the top.
    if (!stays && list) list.scrollTop = 0;
    const at = stays && this.active ? this.active.id : `composer-option-${named || ""}`;
    this.#filtered();
    this.#activate(this.#visible().find((option) => option.id === at) || this.#firstFound());
  }

  filter() {
    this.#filtered();
    this.#activate(this.#firstFound());
  }

  /** @param {number} step 1 down, -1 up; wraps around */
  move(step) {
    const options = this.#visible();
    if (!options.length) return;
    const at = this.active ? options.indexOf(this.active) : step > 0 ? -1 : 0;
    this.#activate(options[(at + step + options.length) % options.length]);
  }

  /** @param {HTMLElement} root */
  #root;

  #visible() {
    return /** @type {HTMLElement[]} */ ([
      ...this.#root.querySelectorAll("#composer-list [role=option]:not([hidden])"),
    ]);
  }

  /** The first match for what was typed, preferably one whose name starts with it; null if nothing was typed. */
  #firstFound() {
    const typed = this.find?.value.trim().toLowerCase();
    const found = this.#visible();
    const begins = (/** @type {HTMLElement} */ option) => {
      const name = option.querySelector(".name")?.textContent?.toLowerCase();
      return name?.startsWith(typed || "");
    };
    return typed ? found.find(begins) || found[0] || null : null;
  }

  #filtered() {
    const words = (this.find?.value || "").toLowerCase().split(/\s+/).filter(Boolean);
    for (const group of this.#root.querySelectorAll("#composer-list [role=group]")) {
      const name = group.getAttribute("aria-label")?.toLowerCase() || "";
      let shown = 0;
      for (const option of group.querySelectorAll("[role=option]")) {
        const text = `${name} ${option.textContent?.toLowerCase()}`;
        const fits = words.every((word) => text.includes(word));
        option.toggleAttribute("hidden", !fits);
        if (fits) shown += 1;
      }
      group.toggleAttribute("hidden", !shown);
    }
    const some = this.#visible().length > 0;
    this.#root.querySelector(".composer-none")?.toggleAttribute("hidden", some);
    // A message replaces an empty list.
    this.#root.querySelector("#composer-list")?.toggleAttribute("hidden", !some);
    this.find?.setAttribute("aria-expanded", String(some));
  }

  /** @param {HTMLElement | null} option */
  #activate(option) {
    for (const other of this.#root.querySelectorAll("#composer-list [aria-selected=true]"))
      other.ariaSelected = "false";
    for (const detail of this.#root.querySelectorAll(".composer-detail")) {
      const shown = option && detail.getAttribute("data-option") === option.id && !option.hasAttribute("data-current");
      detail.toggleAttribute("hidden", !shown);
    }
    this.active = option;
    if (!option) return this.find?.removeAttribute("aria-activedescendant");
    option.ariaSelected = "true";
    this.find?.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }
}
