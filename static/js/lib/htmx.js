// @ts-check
/**
 * The integration with htmx, and the only module that knows its event names: the CSRF header, error messages, the
 * saving state, and resending requests that failed to reach the server.
 *
 *   import { onArrived } from "lib/htmx";
 *   onArrived((element) => …);            // everything that htmx inserts into the page
 *   again("working");                     // reloads what is open
 */
import { csrf, reachable, tab } from "lib/http";
import { saving } from "lib/saving";
import { stretch } from "lib/stretch";
import { toast } from "lib/toast";

/** @param {(element: Element) => void} listener */
export function onArrived(listener) {
  document.addEventListener("htmx:load", (event) => listener(/** @type {Element} */ (event.target)));
}

/** The current URL, with a flag for what the response should leave out. @param {string} flag */
function here(flag) {
  const address = new URL(location.href);
  if (flag) address.searchParams.set(flag, "");
  return address.pathname + address.search;
}

/**
 * Reload what is open. Its URL is determined when the request is sent: a response that arrives before then may have
 * opened another part.
 * @param {string} source the id of the element that shows the progress @param {string} [flag] such as "quiet"
 */
export function again(source, flag = "") {
  return htmx.ajax("GET", here(flag), {
    swap: "none",
    source: document.getElementById(source),
    headers: { "X-Again": flag },
  });
}

let count = 0;

const writes = (/** @type {CustomEvent<Requested>} */ event) =>
  event.detail.requestConfig?.verb && event.detail.requestConfig.verb !== "get";

// A resent request keeps its first token, so that a change whose response got lost is made only once.
document.addEventListener("htmx:configRequest", (event) => {
  const { verb, headers } = event.detail;
  if ("X-Again" in headers) event.detail.path = here(headers["X-Again"]);
  if (verb === "get") return;
  Object.assign(headers, {
    "X-CSRFToken": csrf(),
    "X-Tab": tab,
    "X-Stretch": stretch(),
    "X-Token": headers["X-Token"] || `${tab}-h${(count += 1)}`,
  });
});

document.addEventListener("htmx:beforeRequest", (event) => {
  if (writes(event)) saving("saving");
});

document.addEventListener("htmx:afterRequest", (event) => {
  if (writes(event) && event.detail.xhr.status) saving(event.detail.successful ? "saved" : "failed");
});

// Our own error responses say where they belong; no other error response is ever swapped into the page.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (xhr.status < 400) return;
  if (xhr.getResponseHeader("HX-Retarget")) event.detail.shouldSwap = true;
  else toast({ sentence: `The server answered ${xhr.status}.`, todo: "Try again." });
});

document.addEventListener("htmx:sendError", async (event) => {
  if (!writes(event))
    return toast({
      sentence: "The server cannot be reached.",
      todo: "Check the connection. Nothing was lost on the server.",
    });
  const { verb, path, parameters, elt, headers } = event.detail.requestConfig;
  saving("offline");
  await reachable();
  if (elt.isConnected)
    htmx.ajax(verb, path, { source: elt, values: parameters, headers: { "X-Token": headers["X-Token"] } });
  else
    saving("failed", {
      sentence: "The last change was not sent.",
      todo: "What it was made with is not on the page any more. Make it again.",
    });
});
