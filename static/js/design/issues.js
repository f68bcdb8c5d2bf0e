// @ts-check
/**
 * The issue checker's list: clicking an issue goes to its element and field, clicking its fix resolves it.
 *
 *   <a href="…/design/pg_ab12cd/?node=el_k3x9q2&prop=alt" data-goto="el_k3x9q2" data-prop="alt">…</a>
 *   <button data-fix="page/pg_ab12cd" data-node="el_k3x9q2" data-prop="alt">Mark it as decoration</button>
 */
import { send } from "lib/journal";
import { put } from "lib/toast";
import { pageKey } from "design/rows";
import { select } from "design/selection";
/** @import { Answer } from "builder/views/changes" */

const PLAIN = "input:not([type=radio]), input:checked, select, textarea, .words[contenteditable], button";

document.addEventListener("click", (event) => {
  const pressed = /** @type {HTMLElement | null} */ (
    /** @type {Element} */ (event.target).closest?.("[data-goto], [data-fix]")
  );
  const { goto, fix, prop = "" } = pressed?.dataset || {};
  if (goto) {
    event.preventDefault();
    goTo(goto, prop);
  } else if (fix) takeAway(/** @type {HTMLElement} */ (pressed));
});

/** Apply a fix; the result has been drawn when it is selected, if it is on this page. @param {HTMLElement} button */
async function takeAway(button) {
  const { fix: doc, node = "", prop } = button.dataset;
  const answer = await send("fix", { doc, node, prop, label: button.textContent }).catch(
    () => /** @type {Answer} */ ({ ok: false }),
  );
  if (answer.toast) put(answer.toast);
  if (answer.ok && doc === `page/${pageKey()}`) select(node);
}

const panel = /** @type {HTMLElement} */ (document.getElementById("panel"));
const drawnFor = () => /** @type {HTMLElement | null} */ (panel.firstElementChild)?.dataset.node;
let waiting = new AbortController();

/**
 * Select an element and go to one of its properties, once the panel shows it.
 * @param {string} node @param {string} prop
 */
function goTo(node, prop) {
  waiting.abort();
  waiting = new AbortController();
  select(node);
  if (drawnFor() === node) return show(prop);
  const { signal } = waiting;
  const drawn = () => {
    if (drawnFor() !== node) return;
    waiting.abort();
    show(prop);
  };
  panel.addEventListener("sw-drawn", drawn, { signal });
}

/**
 * Reveal and focus a property's field.
 * @param {string} prop such as text, at.tablet.gap, conditions.cn_x
 */
function show(prop) {
  const place = placeOf(prop);
  if (!place) return;
  const body = place.closest("[role=tabpanel]");
  const tab = body && panel.querySelector(`[aria-controls="${body.id}"]`);
  if (tab) tab.closest("sw-tabs")?.choose(/** @type {HTMLElement} */ (tab));
  for (let each = place.closest("details"); each; each = each.parentElement?.closest("details") || null)
    each.open = true;
  place.scrollIntoView({ block: "nearest" });
  /** @type {HTMLElement | null} */ (place.querySelector(PLAIN))?.focus({ preventScroll: true });
  place.toggleAttribute("data-found", true);
  place.addEventListener("animationend", () => place.removeAttribute("data-found"), { once: true });
}

/** @param {string} prop @returns {HTMLElement | null} */
function placeOf(prop) {
  if (!prop) return null;
  const [first, second, third] = prop.split(".");
  const condition = first === "conditions" && panel.querySelector(`[data-condition="${CSS.escape(second || "")}"]`);
  const control = (/** @type {string} */ name) => panel.querySelector(`[data-control="${CSS.escape(name)}"]`);
  return /** @type {HTMLElement | null} */ (condition || control(prop) || control(first === "at" ? third : first));
}

// Arrived from an issue of another page.
const url = new URL(location.href);
const asked = url.searchParams.get("prop");
if (asked) {
  url.searchParams.delete("prop");
  history.replaceState(history.state, "", url);
  customElements.whenDefined("sw-panel").then(() => show(asked));
}
