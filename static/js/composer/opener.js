// @ts-check
/**
 * Opens the composer for any field of the editor that dispatches `sw-compose`:
 *
 *   field.dispatchEvent(new CustomEvent("sw-compose", { bubbles: true,
 *     detail: { doc, node, prop, part, expects, value, anchor } }));       // part null: a new part
 */
import "composer/composer";
import { action } from "lib/actions";

// The composer handles its keys itself; they are registered for the sheet of shortcuts.
const KEYS = /** @type {[string, string[]][]} */ ([
  ["Choose what is next", ["ArrowUp", "ArrowDown"]],
  ["To another part", ["ArrowLeft", "ArrowRight"]],
  ["Add what is chosen", ["Enter"]],
  ["Remove the last part", ["Backspace"]],
  ["Use the value", ["Mod+Enter"]],
]);
for (const [label, keys] of KEYS)
  action({ name: `composer: ${label}`, label, keys, group: "Composer", scope: ["composer"] });

document.addEventListener("sw-compose", (event) => {
  document.querySelector("sw-composer")?.remove();
  const field = /** @type {HTMLElement} */ (event.target);
  const composer = /** @type {import("./composer.js").Composer} */ (document.createElement("sw-composer"));
  composer.className = "pop composer";
  composer.popover = "manual";
  composer.setAttribute("role", "dialog");
  composer.setAttribute("aria-labelledby", "composer-title");
  document.body.append(composer);
  composer.open({ label: labelOf(field), ...event.detail }, field);
});

/** The field's label on the page, without the mark beside it. @param {Element} field */
function labelOf(field) {
  const named = field.querySelector("[aria-labelledby]") || field;
  const label = document.getElementById(named.getAttribute("aria-labelledby") || "");
  const words = [...(label?.childNodes || [])].filter((node) => node.nodeType === Node.TEXT_NODE);
  return (
    words
      .map((node) => node.textContent?.trim())
      .join(" ")
      .trim() ||
    named.getAttribute("aria-label") ||
    ""
  );
}
