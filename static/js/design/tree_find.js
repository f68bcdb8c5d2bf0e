// @ts-check
/**
 * The search field of the tree: by name, type, words, or a mark such as "workflow". Matches are shown with their
 * ancestors.
 *
 *   hiddenBySearch();      // the keys of rows that do not match; null without a search
 */
import { allRows, pathTo } from "design/rows";

const field = /** @type {HTMLInputElement | null} */ (document.getElementById("tree-find"));
const button = /** @type {HTMLElement | null} */ (document.querySelector("[data-tree-find]"));

/** @returns {Set<string> | null} */
export function hiddenBySearch() {
  const words = (field?.value || "").toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length || field?.closest("[hidden]")) return null;
  const rows = allRows();
  const found = rows.filter((row) => words.every((word) => textOf(row).includes(word)));
  const seen = new Set(found.flatMap((row) => pathTo(row.dataset.node || "")));
  return new Set(rows.map((row) => row.dataset.node || "").filter((key) => !seen.has(key)));
}

/** The searchable text of a row. @param {HTMLElement} row */
function textOf(row) {
  const marks = [...row.querySelectorAll("svg[aria-label]")].map((mark) => mark.getAttribute("aria-label"));
  return [row.dataset.name, row.dataset.type?.replaceAll("_", " "), row.dataset.words, ...marks]
    .join(" ")
    .toLowerCase();
}

function found() {
  document.dispatchEvent(new CustomEvent("sw-found"));
  const nothing = document.getElementById("tree-nothing");
  const lost = hiddenBySearch();
  if (nothing) nothing.hidden = !lost || lost.size < allRows().length;
}

/** @param {boolean} open */
function show(open) {
  if (!field || !button) return;
  /** @type {HTMLElement} */ (field.parentElement).hidden = !open;
  button.setAttribute("aria-expanded", String(open));
  field.value = "";
  found();
  if (open) field.focus();
}

button?.addEventListener("click", () => show(button.getAttribute("aria-expanded") !== "true"));
field?.addEventListener("input", found);
field?.addEventListener("keydown", (event) => {
  const first = document.querySelector("#tree [role=treeitem]:not([hidden]) ~ [role=treeitem]:not([hidden])");
  if (event.key === "Escape") {
    show(false);
    button?.focus();
  } else if (event.key === "Enter" || event.key === "ArrowDown") /** @type {HTMLElement | null} */ (first)?.focus();
  else return;
  event.preventDefault();
});
