// @ts-check
/**
 * The width of the canvas and its zoom. A page that does not fit is scaled down until the user zooms. A chosen width
 * determines which widths edits apply to (`design/scope`); the initial width of a screen does not.
 *
 *   import { scale, setWidth, width, zoomTo } from "design/sizes";
 *   setWidth(768);  zoomTo(1.5);  zoomTo(0);       // 0: as large as fits
 */
import { BREAKPOINTS, breakpointAt, scope, scopeWords, setScope } from "design/scope";

const MARGIN = 48;
const NARROW = 600; // a stage narrower than this, in px, shows the page as on a phone
const [LEAST, MOST] = [240, 2560];
const [SMALLEST, LARGEST] = [0.1, 4];
const STORE = `design:width:${document.body.dataset.app}`;
const stage = /** @type {HTMLElement} */ (document.getElementById("stage"));
const canvas = /** @type {HTMLElement} */ (document.getElementById("canvas"));
const kept = Number(localStorage.getItem(STORE)) || 0;

let now = kept || (stage.clientWidth < NARROW ? 390 : BREAKPOINTS[0].width);
/** The chosen zoom; 0: as large as fits. */
let chosen = 0;

/** @returns {number} the current scale of the page */
export const scale = () => Number(canvas.style.getPropertyValue("--scale")) || 1;

/** @returns {number} px */
export const width = () => now;

/** @param {number} px */
export function setWidth(px) {
  now = Math.round(Math.max(LEAST, Math.min(px || now, MOST)));
  localStorage.setItem(STORE, String(now));
  setScope(breakpointAt(now).name);
  draw();
}

/** @param {number} by 0: as large as fits */
export function zoomTo(by) {
  chosen = by && Math.max(SMALLEST, Math.min(by, LARGEST));
  draw();
}

function draw() {
  const room = stage.clientWidth - (stage.clientWidth < NARROW ? 16 : MARGIN);
  const size = chosen || Math.min(1, room / now);
  canvas.style.setProperty("--page-width", `${now}px`);
  canvas.style.setProperty("--scale", String(size));
  const at = breakpointAt(now);
  for (const input of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("sw-widths input")))
    input.checked = Number(input.value) === now;
  write("[data-width-name]", at.label);
  write("[data-scope]", `Editing: ${scopeWords()}`);
  document.querySelector("[data-scope]")?.toggleAttribute("data-some", scope() !== "");
  write(".zoom-word", `${Math.round(size * 100)}%`);
  const box = /** @type {HTMLInputElement | null} */ (document.querySelector("[data-width]"));
  if (box && box !== document.activeElement) box.value = String(now);
  document.querySelector("[data-edge]")?.setAttribute("aria-valuenow", String(now));
  document.dispatchEvent(new CustomEvent("sw-resized"));
}

/** @param {string} selector @param {string} text */
function write(selector, text) {
  const element = document.querySelector(selector);
  if (element && element.textContent !== text) element.textContent = text;
}

/** The named widths: <sw-widths><input type="radio" name="width" value="768"></sw-widths> */
class Widths extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", this.#changed);
    this.#observer.observe(stage);
    if (kept) setScope(breakpointAt(now).name);
  }

  disconnectedCallback() {
    this.removeEventListener("change", this.#changed);
    this.#observer.disconnect();
  }

  #observer = new ResizeObserver(draw);

  #changed = (/** @type {Event} */ event) => {
    chosen = 0;
    setWidth(Number(/** @type {HTMLInputElement} */ (event.target).value));
  };
}

customElements.define("sw-widths", Widths);
