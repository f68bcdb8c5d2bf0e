// @ts-check
/**
 * Keeps the tab in sync with the server: saves fields with dynamic data when they change, reloads the parts after an
 * undo or redo, and focuses what the server names.
 *
 *   <div data-set="/apps/juniper/workflows/wf_a/sp_b/set/when/"><sw-expr>…</sw-expr></div>
 */
import { action } from "lib/actions";
import { onFocusWanted } from "lib/focus";
import { again } from "lib/htmx";
import { onChanged } from "lib/journal";

const FOCUSABLE = "select, input:not([type=hidden]), [contenteditable], .card-link, a[href], button";

const ajax = (/** @type {string} */ verb, /** @type {string} */ url, /** @type {object} */ more = {}) =>
  htmx.ajax(verb, url, { swap: "none", source: document.getElementById("working"), ...more });

/** Open another step or workflow. @param {string} url @param {string} focus the id of the element to focus */
export function open(url, focus) {
  const address = new URL(url);
  address.searchParams.set("focus", focus);
  ajax("GET", address.pathname + address.search);
  showPanel();
}

/** On narrow screens, where the panel overlays the stage, show it. */
function showPanel() {
  const panel = document.getElementById("right");
  if (!panel || panel.checkVisibility() || !document.querySelector('sw-drawer[data-opens="right"]')?.checkVisibility())
    return;
  setTimeout(() =>
    /** @type {HTMLElement | null} */ (document.querySelector('sw-drawer[data-opens="right"] button'))?.click(),
  );
}

document.addEventListener("sw-selected", showPanel);

onChanged((change) => {
  if (!change.drawn) again("working", "quiet");
});

document.addEventListener("change", (/** @type {any} */ event) => {
  const field = event.target.closest?.("sw-expr");
  const to = field?.closest("[data-set]")?.dataset.set;
  if (!to) return;
  const value =
    event.detail && "value" in event.detail ? event.detail.value : JSON.parse(field.dataset.value || "null");
  ajax("POST", to, { values: { json: JSON.stringify(value ?? null) } });
});

onFocusWanted((wanted) => {
  const first = wanted.matches(FOCUSABLE)
    ? wanted
    : wanted.querySelector("[aria-invalid=true]") || wanted.querySelector(FOCUSABLE);
  if (!(first instanceof HTMLElement)) return;
  first.focus();
  if (first instanceof HTMLInputElement) first.select();
});

action({
  name: "back-to-card",
  label: "From the panel back to its card",
  group: "Workflow",
  keys: ["Escape"],
  scope: ["panel"],
  typing: true,
  when: (at) => at.closest("#right") && !document.querySelector("[popover]:popover-open"),
  run: () => /** @type {HTMLElement | null} */ (document.querySelector('.card-link[aria-current="true"]'))?.focus(),
});
