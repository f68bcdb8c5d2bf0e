// @ts-check
/** Gives an author's own HTML the same height on the canvas, which runs no scripts, as on a visitor's page. */
import { onPage } from "design/ground";
import { fit } from "live/elements/frame_height";
/** @import { Canvas } from "design/canvas" */

const canvas = /** @type {Canvas} */ (document.getElementById("canvas"));

const OWN_HTML = "[data-type=html][data-height=auto] > iframe";

/** @returns {HTMLIFrameElement[]} */
const frames = () => [.../** @type {NodeListOf<HTMLIFrameElement>} */ (canvas.page?.querySelectorAll(OWN_HTML) ?? [])];

/** @param {MessageEvent} event */
function heard(event) {
  for (const frame of frames()) fit(frame, event);
  canvas.dispatchEvent(new CustomEvent("sw-scrolled"));
}

onPage((page) => {
  page.defaultView?.addEventListener("message", heard);
  // Request the heights, as earlier messages were missed.
  for (const frame of frames()) frame.contentWindow?.postMessage("", "*");
});
