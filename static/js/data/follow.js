// @ts-check
/**
 * Keeps the Data tab at what is on the server: its parts are fetched again after an undo or a redo and when a table
 * says that its things changed; what the server wants to have the focus gets it.
 *
 *   import { refresh } from "data/follow";
 *   refresh();
 */
import { onFocusWanted } from "lib/focus";
import { again } from "lib/htmx";
import { onChanged } from "lib/journal";

export const refresh = () => again("data-foot");

onChanged((/** @type {any} */ detail) => {
  if (!detail.drawn) refresh();
});

onFocusWanted((wanted) => {
  if (wanted.checkVisibility()) wanted.focus();
});

// The second press of a double click makes nothing twice.
document.addEventListener(
  "click",
  (event) => {
    if (event.detail < 2 || !(/** @type {Element} */ (event.target).closest("[data-once]"))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  true,
);
