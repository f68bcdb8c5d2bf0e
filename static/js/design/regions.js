// @ts-check
/**
 * F6 goes through the regions of the tab: tree, canvas, panel, palette; with Shift backwards.
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
