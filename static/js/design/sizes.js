// @ts-check
/**
 * The width a page is looked at in, and the zoom. A page wider than its room is shown smaller; + and − choose by hand.
 *
 *   <sw-widths><input type="radio" name="width" value="768" data-name="Tablet" checked></sw-widths>
 *   <sw-zoom><button data-by="-1">…</button><output>100%</output><button data-by="1">…</button></sw-zoom>
 */
const STEPS = [0.25, 0.5, 0.67, 0.75, 0.9, 1, 1.25, 1.5, 2];
const MARGIN = 48;
const STORE = "design:width";
const stage = /** @type {HTMLElement} */ (document.getElementById("stage"));
const canvas = /** @type {HTMLElement} */ (document.getElementById("canvas"));
/** Chosen by hand; 0: as large as fits. */
let chosen = 0;

/** @returns {HTMLInputElement | null} */
const checked = () => document.querySelector("sw-widths input:checked");

/** @returns {number} how large the page is drawn just now */
export const scale = () => Number(canvas.style.getPropertyValue("--scale")) || 1;

function draw() {
  const input = checked();
  const width = Number(input?.value || 768);
  const room = stage.clientWidth - (stage.clientWidth < 600 ? 16 : MARGIN);
  const now = chosen || Math.min(1, room / width);
  canvas.style.setProperty("--page-width", `${width}px`);
  canvas.style.setProperty("--scale", String(now));
  const word = document.querySelector("[data-width-name]");
  if (word) word.textContent = `${input?.dataset.name}, ${width} px`;
  const zoom = document.querySelector(".zoom-word");
  if (zoom) zoom.textContent = `${Math.round(now * 100)}%`;
  document.dispatchEvent(new CustomEvent("sw-resized"));
}

class Widths extends HTMLElement {
  connectedCallback() {
    const kept = localStorage.getItem(STORE) || (stage.clientWidth < 600 ? "390" : "768");
    const input = /** @type {HTMLInputElement | null} */ (this.querySelector(`[value="${Number(kept)}"]`));
    if (input) input.checked = true;
    this.addEventListener("change", this.#changed);
    this.#observer.observe(stage);
  }

  disconnectedCallback() {
    this.removeEventListener("change", this.#changed);
    this.#observer.disconnect();
  }

  #observer = new ResizeObserver(draw);

  #changed = () => {
    chosen = 0;
    localStorage.setItem(STORE, checked()?.value || "768");
    draw();
  };
}

class Zoom extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this.#clicked);
  }

  disconnectedCallback() {
    this.removeEventListener("click", this.#clicked);
  }

  #clicked = (/** @type {Event} */ event) => {
    const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-by]"));
    if (!button) return;
    const now = scale();
    const next = button.dataset.by === "1" ? STEPS.find((step) => step > now + 0.01) : STEPS.findLast((step) => step < now - 0.01);
    chosen = next || now;
    draw();
  };
}

customElements.define("sw-widths", Widths);
customElements.define("sw-zoom", Zoom);
