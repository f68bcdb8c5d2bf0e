// @ts-check
/** Gives an author's own HTML the same height on the canvas, which runs no scripts, as on a visitor's page. */
import { onPage } from "design/ground";
import { fit } from "live/elements/frame_height";

const canvas = /** @type {any} */ (document.getElementById("canvas"));

/** @returns {HTMLIFrameElement[]} */
const frames = () => [...canvas.page.querySelectorAll("[data-type=html][data-height=auto] > iframe")];

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
