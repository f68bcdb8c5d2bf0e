// @ts-check
/**
 * Messages of a live page: the state of its connection, and temporary notices.
 *
 *   tellConnection("lost");          // in the page's <p data-connection>, until "open"
 *   notice("This was not sent.");
 */

import { find } from "./patches.js";

/** A connection that returns within this time is not mentioned. */
const BLINK_MS = 400;
const NOTICE_MS = 6000;

/** @type {Record<string, string>} */
const words = {
  restarting: "The server is restarting. Trying again…",
  lost: "The connection is lost. Trying again…",
  refused: "This page is no longer open to you.",
  elsewhere: "This page is open in another tab.",
  old: "There is a new version of this page.",
};
/** Buttons for states in which the page does not reconnect by itself. @type {Record<string, string>} */
const offers = { refused: "Reload", elsewhere: "Use it here", old: "Reload" };

const bar = /** @type {HTMLElement} */ (document.querySelector("[data-connection]"));
bar.hidden = false; // it shows nothing while empty, and what is put into it is read aloud
const line = document.createElement("p");
line.className = "sw-notice";
line.setAttribute("role", "status");
bar.after(line);

/** @type {number | undefined} */ let blink;
/** @type {number | undefined} */ let over;

/** @param {string} word */
export function tellConnection(word) {
  clearTimeout(blink);
  if (word === "open") bar.replaceChildren();
  else if (word === "lost" && !bar.firstChild) blink = setTimeout(() => show(word), BLINK_MS);
  else show(word);
}

/** @param {string} word */
function show(word) {
  bar.replaceChildren(words[word]);
  if (!offers[word]) return;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = offers[word];
  button.addEventListener("click", () => location.reload());
  bar.append(" ", button);
}

/**
 * @param {string} sentence
 * @param {string[]} at addresses of texts that already say it, if they are visible and failed
 */
export function notice(sentence, at = []) {
  if (at.map(find).some((node) => node?.matches("[data-state=failed]") && node.checkVisibility())) return;
  clearTimeout(over);
  line.textContent = sentence;
  over = setTimeout(() => line.replaceChildren(), NOTICE_MS);
}
