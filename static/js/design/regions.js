// @ts-check
/**
 * F6 cycles through the regions of the tab: tree, canvas, panel, palette; with Shift backwards. Esc in the panel goes
 * back to the canvas.
 */
import { action } from "lib/actions";

const REGIONS = ["#tree [role=treeitem][tabindex='0']", ".artboard", "#panel [data-name]", ".palette input"];

/** @param {number} step 1, or -1 for backwards */
function go(step) {
  const regions = REGIONS.map((each) => /** @type {HTMLElement | null} */ (document.querySelector(each)));
  const at = regions.findIndex((each) =>
    each?.closest("sw-palette, sw-tree, sw-canvas, sw-panel")?.contains(document.activeElement),
  );
  for (let tried = 1; tried <= regions.length; tried += 1) {
    const next = regions[(at + step * tried + regions.length * 2) % regions.length];
    if (!next?.checkVisibility()) continue;
    next.focus();
    break;
  }
}

action({ name: "next-region", label: "Next region", group: "Anywhere", keys: ["F6"], typing: true, run: () => go(1) });
action({
  name: "region-before",
  label: "Region before",
  group: "Anywhere",
  keys: ["Shift+F6"],
  typing: true,
  run: () => go(-1),
});
action({
  name: "to-canvas",
  label: "From the panel back to the canvas",
  group: "Canvas",
  keys: ["Escape"],
  scope: ["panel"],
  run: () => /** @type {HTMLElement | null} */ (document.querySelector(".artboard"))?.focus(),
});
