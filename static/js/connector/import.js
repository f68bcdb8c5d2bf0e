// @ts-check
/**
 * The dialog that adds an API: its button says how many calls will be made, and nothing can be added before review.
 *
 *   <sw-import><form id="from-curl">… <section class="import-review"></section> …
 *     <button data-add data-verb="Import call">
 *
 * Pasting a cURL command into a URL field, or into the search for presets, opens the dialog with it.
 */
import { onArrived } from "lib/htmx";
import { get } from "lib/http";
import { toast } from "lib/toast";

const CURL = /^\s*(\$\s+)?curl(\.exe)?\s/i;

class Import extends HTMLElement {
  connectedCallback() {
    this.#signal = new AbortController();
    const { signal } = this.#signal;
    this.addEventListener("change", this.count, { signal });
    this.addEventListener("click", this.#clicked, { signal });
    this.addEventListener("keydown", this.#key, { signal });
  }

  disconnectedCallback() {
    this.#signal.abort();
  }

  /** @type {AbortController} */
  #signal = new AbortController();

  /** Update each form's button with what it would make. */
  count = () => {
    for (const form of this.querySelectorAll("form")) {
      const button = form.querySelector("[data-add]");
      const ticks = form.querySelectorAll("[name=operation]");
      const ticked = form.querySelectorAll("[name=operation]:checked").length;
      const ready = form.querySelector("[data-reviewed]") && (!ticks.length || ticked);
      button?.setAttribute("aria-disabled", String(!ready));
      const made = ticks.length ? ` ${ticked} call${ticked === 1 ? "" : "s"}` : "";
      if (button) button.textContent = `${button.getAttribute("data-verb")}${made}`;
    }
  };

  #clicked = (/** @type {Event} */ event) => {
    const target = /** @type {Element} */ (event.target);
    if (target.closest("[data-add][aria-disabled=true]")) event.preventDefault();
    if (!target.closest("[data-tick-all]")) return;
    const shown = [...this.querySelectorAll(".operation:not([hidden]) [name=operation]")].filter(
      (tick) => tick instanceof HTMLInputElement,
    );
    const all = shown.every((tick) => tick.checked);
    for (const tick of shown) tick.checked = !all;
    this.count();
  };

  /** Enter or ↓ in the search goes to the first matching preset; Enter in the URL of an API description reads it. */
  #key = (/** @type {KeyboardEvent} */ event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (target.id === "id_openapi_url" && event.key === "Enter")
      /** @type {HTMLElement | null} */ (this.querySelector("[data-read]"))?.click();
    else if (target.matches("#from-presets [type=search]") && ["Enter", "ArrowDown"].includes(event.key)) {
      const first = this.querySelector(".preset:not([hidden]) input");
      if (first instanceof HTMLElement) [first.focus(), first.click()];
    } else return;
    event.preventDefault();
  };
}

customElements.define("sw-import", Import);

// A command to insert once the dialog has loaded.
let waiting = "";

/** @param {string} command */
function offer(command) {
  waiting = command;
  const url = document.querySelector("[data-import]")?.getAttribute("data-import");
  if (document.querySelector("sw-import")) fill();
  else htmx.ajax("GET", `${url}?at=curl`, { target: "#dialogs" });
}

function fill() {
  const text = document.getElementById("id_command");
  if (!(text instanceof HTMLTextAreaElement) || (!waiting && text.dataset.heard)) return;
  text.dataset.heard = "true";
  if (waiting) {
    document.getElementById("tab-curl")?.click();
    text.value = waiting;
    waiting = "";
    text.focus();
  }
  // Text typed before the listeners were attached counts, too.
  if (text.value) text.dispatchEvent(new Event("input", { bubbles: true }));
}

onArrived(() => {
  fill();
  const dialog = document.querySelector("sw-import");
  if (dialog instanceof Import) dialog.count();
});

document.addEventListener("paste", (event) => {
  const into = /** @type {Element} */ (event.target);
  const text = event.clipboardData?.getData("text/plain") || "";
  if (!into.matches?.("#id_url, #id_base_url, sw-import [type=search]") || !CURL.test(text)) return;
  event.preventDefault();
  offer(text);
});

document.addEventListener("click", async (event) => {
  const button = /** @type {Element} */ (event.target).closest("[data-copy-curl]");
  if (!button) return;
  try {
    const { command } = await get(button.getAttribute("data-copy-curl") || "");
    await navigator.clipboard.writeText(command);
    toast("Copied. Its keys are variables, such as $API_KEY.");
  } catch (/** @type {any} */ failure) {
    toast(failure);
  }
});
