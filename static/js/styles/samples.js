// @ts-check
/** The sample in light and in dark at the right of the Styles tab, drawn anew after every change. */

/** @param {string} node the named style it is of, "" for the theme @param {string} name */
export function drawSamples(node, name) {
  for (const frame of /** @type {NodeListOf<HTMLIFrameElement>} */ (
    document.querySelectorAll("#styles-samples iframe")
  )) {
    frame.classList.toggle("is-long", !node);
    const url = new URL(frame.src);
    url.searchParams.set("node", node);
    // What is looked at is no step of the tab's history: Back leaves the tab.
    frame.contentWindow?.location.replace(url.href);
  }
  const title = document.querySelector("#right h2");
  if (title) title.textContent = name || "Sample page";
}
