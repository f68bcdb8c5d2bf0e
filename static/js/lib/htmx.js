// @ts-check
/**
 * The one place that knows htmx's event names: the CSRF header, errors as messages, the word Saved, and that what could
 * not be sent is sent again.
 *
 *   import { onArrived } from "lib/htmx";
 *   onArrived((element) => …);            // whatever htmx has put into the page
 *   again("working");                     // what is open, as it is now
 */
import { csrf, reachable, tab } from "lib/http";
import { saving } from "lib/saving";
import { stretch } from "lib/stretch";
import { toast } from "lib/toast";

/** @param {(element: Element) => void} listener */
export function onArrived(listener) {
  document.addEventListener("htmx:load", (event) => listener(/** @type {Element} */ (event.target)));
}

/** The address that is open, and what its answer is to leave out. @param {string} flag */
function here(flag) {
  const address = new URL(location.href);
  if (flag) address.searchParams.set(flag, "");
  return address.pathname + address.search;
}

/**
 * Fetch what is open again. Its address is asked for when the request has its turn: another part may have been opened
 * by an answer that was still to come.
 * @param {string} source the id of the element that shows that it is under way @param {string} [flag] such as "quiet"
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

// The token is that of the first time where it is sent again: what was done, and only its answer lost, is done once.
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

// An error of ours says where it belongs; any other answer with an error status never lands in the page.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (xhr.status < 400) return;
  if (xhr.getResponseHeader("HX-Retarget")) event.detail.shouldSwap = true;
  else toast({ sentence: `The server answered ${xhr.status}.`, todo: "Try it again." });
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
