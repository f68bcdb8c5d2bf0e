// @ts-check
/**
 * What a live page says in words of its own: how its connection stands, and for a while what else there is to say.
 *
 *   tellConnection("lost");          // in the page's <p data-connection>, until "open"
 *   notice("This was not sent.");
 */

/** A connection that is back at once is not worth a word. */
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
/** After these the page does not come back by itself. @type {Record<string, string>} */
const offers = { refused: "Reload", elsewhere: "Use it here", old: "Reload" };

const bar = /** @type {HTMLElement} */ (document.querySelector("[data-connection]"));
bar.hidden = false; // empty it shows nothing, and what comes into it is read aloud
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

/** @param {string} sentence */
export function notice(sentence) {
  clearTimeout(over);
  line.textContent = sentence;
  over = setTimeout(() => line.replaceChildren(), NOTICE_MS);
}
