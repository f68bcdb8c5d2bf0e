// @ts-check
/**
 * The one place that knows htmx's event names: the CSRF header, errors as messages, and the word Saved.
 *
 *   import { onArrived } from "lib/htmx";
 *   onArrived((element) => …);            // whatever htmx has put into the page
 */
import { csrf, tab } from "lib/http";
import { toast } from "lib/toast";

/** @param {(element: Element) => void} listener */
export function onArrived(listener) {
  document.addEventListener("htmx:load", (event) => listener(/** @type {Element} */ (event.target)));
}

/** @param {string} state "saving", "saved" or "failed" */
function say(state) {
  document.dispatchEvent(new CustomEvent("sw-saving", { detail: { state } }));
}

const writes = (/** @type {any} */ event) => event.detail.requestConfig?.verb && event.detail.requestConfig.verb !== "get";

document.addEventListener("htmx:configRequest", (/** @type {any} */ event) => {
  if (event.detail.verb !== "get") Object.assign(event.detail.headers, { "X-CSRFToken": csrf(), "X-Tab": tab });
});

document.addEventListener("htmx:beforeRequest", (/** @type {any} */ event) => {
  if (writes(event)) say("saving");
});

document.addEventListener("htmx:afterRequest", (/** @type {any} */ event) => {
  if (writes(event)) say(event.detail.successful ? "saved" : "failed");
});

// An error of ours says where it belongs; any other answer with an error status never lands in the page.
document.addEventListener("htmx:beforeSwap", (/** @type {any} */ event) => {
  const { xhr } = event.detail;
  if (xhr.status < 400) return;
  if (xhr.getResponseHeader("HX-Retarget")) event.detail.shouldSwap = true;
  else toast({ sentence: `The server answered ${xhr.status}.`, todo: "Try it again." });
});

document.addEventListener("htmx:sendError", () => {
  toast({ sentence: "The server cannot be reached.", todo: "Check the connection. Nothing was lost on the server." });
});
