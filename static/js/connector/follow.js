// @ts-check
/**
 * Keeps the tab at what is on the server: after an undo or a redo its parts are fetched again, and what the server
 * wants to have the focus gets it.
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

/** To where a mistake can be mended; a dialog in the way closes, and a folded part opens. */
document.addEventListener("click", (event) => {
  const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-goes]"));
  if (!button) return;
  button.closest("dialog")?.close();
  const wanted = document.getElementById(button.dataset.goes || "");
  const folded = wanted?.closest("details");
  if (folded) folded.open = true;
  const editor = /** @type {HTMLElement | null | undefined} */ (
    wanted?.closest("sw-json-editor")?.querySelector(".cm-content")
  );
  (editor || wanted)?.focus();
});

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
