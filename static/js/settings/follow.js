// @ts-check
/**
 * The Settings tab: focuses what the server names, selects a whole link for sharing, and clears a field after its value
 * was added. Undo and redo affect documents, so the open section is reloaded after one.
 */
import { onFocusWanted } from "lib/focus";
import { again } from "lib/htmx";
import { onChanged } from "lib/journal";

onChanged(() => {
  again("working");
});

onFocusWanted((wanted) => {
  wanted.focus();
  if (wanted instanceof HTMLInputElement && wanted.readOnly) wanted.select();
});

document.addEventListener("sw-focus", ({ detail }) => {
  const field = document.getElementById(detail.on);
  if (detail.empties && field instanceof HTMLInputElement) field.value = "";
});

// On narrow screens the list of sections overlays the section chosen from it.
document.getElementById("sections")?.addEventListener("click", (event) => {
  const opener = /** @type {HTMLElement | null} */ (
    document.querySelector('sw-drawer[data-opens="left"] > [aria-expanded="true"]')
  );
  if (/** @type {Element} */ (event.target).closest("a") && opener?.checkVisibility()) opener.click();
});
