// @ts-check
/**
 * Keeps the Data tab in sync with the server: reloads its parts after an undo or redo and when a table reports changed
 * things, and focuses what the server names.
 *
 *   import { refresh } from "data/follow";
 *   refresh();
 */
import { onFocusWanted } from "lib/focus";
import { again } from "lib/htmx";
import { onChanged } from "lib/journal";

export const refresh = () => again("data-foot");

onChanged((change) => {
  if (!change.drawn) refresh();
});

onFocusWanted((wanted) => {
  if (wanted.checkVisibility()) wanted.focus();
});

// The second click of a double click must not add anything twice.
document.addEventListener(
  "click",
  (event) => {
    if (event.detail < 2 || !(/** @type {Element} */ (event.target).closest("[data-once]"))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  true,
);
