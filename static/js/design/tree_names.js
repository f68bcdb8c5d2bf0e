// @ts-check
/**
 * Renames a row of the tree in place: Enter and leaving the field save, Esc cancels.
 *
 *   renameIn(row);
 */
import { gesture } from "design/gestures";
import { toast } from "lib/toast";

/** @param {HTMLElement} row */
export function renameIn(row) {
  const name = /** @type {HTMLElement | null} */ (row.querySelector(":scope > .name"));
  if (!name || row.querySelector("input")) return;
  const field = document.createElement("input");
  field.className = "input input-sm tree-name";
  field.value = row.dataset.name || "";
  field.maxLength = 80;
  field.setAttribute("aria-label", `Name of ${field.value}`);
  name.hidden = true;
  name.after(field);
  field.focus();
  field.select();

  let ended = false;
  const end = (/** @type {boolean} */ saves) => {
    if (ended) return;
    ended = true;
    const held = field === document.activeElement;
    field.remove();
    name.hidden = false;
    if (held) row.focus();
    if (!saves || field.value.trim() === row.dataset.name) return;
    name.textContent = field.value;
    gesture({ do: "rename", node: row.dataset.node, name: field.value }).then((answer) => {
      if (answer.ok) return;
      name.textContent = row.dataset.name || "";
      if (answer.sentence) toast({ sentence: answer.sentence });
    });
  };
  field.addEventListener("blur", () => end(true));
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.isComposing || (event.key !== "Enter" && event.key !== "Escape")) return;
    event.preventDefault();
    end(event.key === "Enter");
  });
}
