// @ts-check
/**
 * Gives a sandboxed frame the height that it reports. Nothing but a number is accepted from it.
 *
 *     addEventListener("message", (event) => fit(frame, event))
 */

const TALLEST = 20000; // px

/** @param {HTMLIFrameElement} frame @param {MessageEvent} event from any sender */
export function fit(frame, event) {
  const height = Math.ceil(Number(event.data?.height));
  if (event.source === frame.contentWindow && height > 0) frame.style.blockSize = `${Math.min(height, TALLEST)}px`;
}
