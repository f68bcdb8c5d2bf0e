// @ts-check
/**
 * The Settings tab: what the server wants to have the focus gets it, a link to give away is selected whole, and what
 * was added empties its field. Undo and redo are of documents: the section that is open is fetched again after one.
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

// On a narrow screen the list lies over the section that was chosen in it.
document.getElementById("sections")?.addEventListener("click", (event) => {
  const opener = /** @type {HTMLElement | null} */ (
    document.querySelector('sw-drawer[data-opens="left"] > [aria-expanded="true"]')
  );
  if (/** @type {Element} */ (event.target).closest("a") && opener?.checkVisibility()) opener.click();
});
