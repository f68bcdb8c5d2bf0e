// @ts-check
/**
 * F6 goes through the regions of the tab: tree, canvas, panel; with Shift backwards.
 */
const REGIONS = ["#tree [role=treeitem][tabindex='0']", ".artboard", "#panel [data-name]", ".palette input"];

document.addEventListener("keydown", (event) => {
  if (event.key !== "F6" || document.querySelector("dialog[open]")) return;
  const regions = REGIONS.map((each) => /** @type {HTMLElement | null} */ (document.querySelector(each)));
  const at = regions.findIndex((each) => each?.closest("sw-palette, sw-tree, sw-canvas, sw-panel")?.contains(document.activeElement));
  const step = event.shiftKey ? -1 : 1;
  for (let tried = 1; tried <= regions.length; tried += 1) {
    const next = regions[(at + step * tried + regions.length * 2) % regions.length];
    if (!next?.checkVisibility()) continue;
    next.focus();
    break;
  }
  event.preventDefault();
});
