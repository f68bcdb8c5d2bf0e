// @ts-check
/**
 * A sealed frame is as tall as it says it is. All that is heard of it is a number.
 *
 *     addEventListener("message", (event) => fit(frame, event))
 */

const TALLEST = 20000; // px

/** @param {HTMLIFrameElement} frame @param {MessageEvent} event from whomever it is */
export function fit(frame, event) {
  const height = Math.ceil(Number(event.data?.height));
  if (event.source === frame.contentWindow && height > 0) frame.style.blockSize = `${Math.min(height, TALLEST)}px`;
}
