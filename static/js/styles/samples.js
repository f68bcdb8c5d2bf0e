// @ts-check
/** The light and dark samples at the right of the Styles tab, redrawn after every change. */

/** @param {string} node the named style it shows, "" for the theme @param {string} name */
export function drawSamples(node, name) {
  for (const frame of /** @type {NodeListOf<HTMLIFrameElement>} */ (
    document.querySelectorAll("#styles-samples iframe")
  )) {
    frame.classList.toggle("is-long", !node);
    const url = new URL(frame.src);
    url.searchParams.set("node", node);
    // Without an entry in the session history, so that Back leaves the tab.
    frame.contentWindow?.location.replace(url.href);
  }
  const title = document.querySelector("#right h2");
  if (title) title.textContent = name || "Sample page";
}
