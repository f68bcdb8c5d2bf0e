// @ts-check
/**
 * The page in the canvas, which runs no scripts: its controls are taken out of the Tab order, and formatted text is
 * rendered as visitors see it.
 *
 *   calm(page);      // after it was drawn
 */
import { FormattedText } from "live/text/formatted";

/** @param {Document} page */
export function calm(page) {
  for (const each of page.querySelectorAll("sw-markdown, sw-live-text[data-formatted=yes]")) format(each);
  for (const each of page.querySelectorAll("button, input, textarea, select, a, summary, audio, video, iframe")) {
    if (each.getAttribute("tabindex") !== "-1") each.setAttribute("tabindex", "-1");
  }
}

/** @param {Element} element */
function format(element) {
  const text = element.textContent || "";
  // Chips alone are not Markdown.
  const chips = [...element.querySelectorAll(".sw-chip")].map((chip) => chip.textContent).join("");
  if (!text || chips === text || element.firstElementChild?.className === "sw-live") return;
  const box = document.createElement("div");
  box.className = "sw-live";
  const writer = new FormattedText(box, document.createElement("span"));
  writer.write(text, false, false);
  writer.end();
  element.replaceChildren(box);
}
