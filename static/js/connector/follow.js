// @ts-check
/**
 * Keeps the tab in sync with the server: reloads its parts after an undo or redo, and focuses what the server names.
 */
import { action } from "lib/actions";
import { onFocusWanted } from "lib/focus";
import { again } from "lib/htmx";
import { onChanged } from "lib/journal";

const refresh = () => again("working");

onChanged(({ verb }) => {
  if (verb !== "changes") refresh();
});
document.addEventListener("sw-refresh", refresh);

onFocusWanted((wanted) => {
  wanted.focus();
  if (wanted instanceof HTMLInputElement && wanted.id === "id_name") wanted.select();
});

document.addEventListener("click", (event) => {
  const button = /** @type {Element} */ (event.target).closest("[data-shows]");
  const shown = button && document.getElementById(button.getAttribute("data-shows") || "");
  if (!shown) return;
  shown.hidden = !shown.hidden;
  button.setAttribute("aria-expanded", String(!shown.hidden));
  if (!shown.hidden) shown.querySelector("input")?.focus();
});

/** Go to where a mistake can be fixed. A dialog closes first, because it restores the focus when it does. */
document.addEventListener("click", (event) => {
  const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-goes]"));
  if (!button) return;
  const dialog = button.closest("dialog");
  const go = () => goTo(button.dataset.goes || "");
  if (!dialog) return go();
  dialog.addEventListener("close", go, { once: true });
  dialog.close();
});

/** Focus an element, opening the folded part it is in. @param {string} id */
function goTo(id) {
  const wanted = document.getElementById(id);
  const folded = wanted?.closest("details");
  if (folded) folded.open = true;
  const editor = /** @type {HTMLElement | null | undefined} */ (
    wanted?.closest("sw-json-editor")?.querySelector(".cm-content")
  );
  (editor || wanted)?.focus();
}

const button = () => document.getElementById("initialize");
action({
  changes: true,
  name: "initialize",
  label: "Initialize this call",
  group: "API connector",
  icon: "wave",
  keys: ["Mod+Enter"],
  typing: true,
  when: button,
  run: () => button()?.click(),
});
