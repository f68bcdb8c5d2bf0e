// @ts-check
/**
 * The edge between a side panel and the stage: drag it, or use the arrow keys. The width is remembered for each tab.
 *
 *   <sw-divider class="divider divider-left" data-side="left" role="separator" aria-orientation="vertical"
 *               aria-label="Width of the left panel" aria-controls="left" tabindex="0"></sw-divider>
 */
const [NARROWEST, WIDEST, STEP] = [200, 480, 16];

class Divider extends HTMLElement {
  connectedCallback() {
    this.#signal = new AbortController();
    const { signal } = this.#signal;
    this.addEventListener("pointerdown", this.#grab, { signal });
    this.addEventListener("pointermove", this.#drag, { signal });
    this.addEventListener("lostpointercapture", this.#drop, { signal });
    this.addEventListener("keydown", this.#key, { signal });
    this.addEventListener("dblclick", this.#reset, { signal });
    this.setAttribute("aria-valuemin", String(NARROWEST));
    this.setAttribute("aria-valuemax", String(WIDEST));
    this.#tell();
  }

  disconnectedCallback() {
    this.#signal.abort();
  }

  /** @type {AbortController} */
  #signal = new AbortController();

  get #side() {
    return this.dataset.side === "right" ? "right" : "left";
  }

  get #panel() {
    return document.getElementById(this.getAttribute("aria-controls") || "");
  }

  get #store() {
    return `panel:${document.documentElement.dataset.tab}:${this.#side}`;
  }

  #grab = (/** @type {PointerEvent} */ event) => {
    this.setPointerCapture(event.pointerId);
    document.documentElement.toggleAttribute("data-resizing", true);
    event.preventDefault();
  };

  #drag = (/** @type {PointerEvent} */ event) => {
    const edge = this.#panel?.getBoundingClientRect();
    if (!edge || !this.hasPointerCapture(event.pointerId)) return;
    this.#resize(this.#side === "left" ? event.clientX - edge.left : edge.right - event.clientX);
  };

  #drop = () => {
    document.documentElement.toggleAttribute("data-resizing", false);
    this.#keep();
  };

  #key = (/** @type {KeyboardEvent} */ event) => {
    const grows = this.#side === "left" ? "ArrowRight" : "ArrowLeft";
    const width = this.#panel?.offsetWidth || 0;
    if (event.key === "Home") this.#resize(NARROWEST);
    else if (event.key === "End") this.#resize(WIDEST);
    else if (event.key.startsWith("Arrow")) this.#resize(width + (event.key === grows ? STEP : -STEP));
    else return;
    this.#keep();
    event.preventDefault();
  };

  #reset = () => {
    localStorage.removeItem(this.#store);
    document.documentElement.style.removeProperty(`--${this.#side}-kept`);
    this.#tell();
  };

  #resize(/** @type {number} */ width) {
    const kept = Math.round(Math.min(WIDEST, Math.max(NARROWEST, width)));
    document.documentElement.style.setProperty(`--${this.#side}-kept`, `${kept}px`);
    this.#tell();
  }

  #keep() {
    const width = this.#panel?.offsetWidth;
    if (width) localStorage.setItem(this.#store, String(width));
  }

  #tell() {
    this.setAttribute("aria-valuenow", String(this.#panel?.offsetWidth || 0));
  }
}

customElements.define("sw-divider", Divider);
