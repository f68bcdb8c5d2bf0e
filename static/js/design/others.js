// @ts-check
/**
 * What somebody else did to the element at hand is said in words: that it is gone, and by whom.
 */
import { toast } from "lib/toast";
import { nameOf, rowOf } from "design/rows";
import { selected } from "design/selection";

document.addEventListener("sw-changed", (/** @type {any} */ event) => {
  const { verb, by = [] } = event.detail;
  const [key, name] = [selected(), nameOf(selected())];
  if (verb !== "elsewhere") return;
  document.addEventListener("sw-drawn", () => rowOf(key) || toast(gone(name, by)), { once: true });
});

/** @param {string} name @param {{ who: string, label: string }[]} by */
function gone(name, by) {
  const who = by.find((each) => each.label.includes(name))?.who || by[0]?.who;
  const [sentence, todo] = [`${name} is no longer on this page.`, "What you were changing there is gone with it."];
  return { sentence, why: who ? `${who} deleted it, or took back that it was added.` : "It was removed in another tab.", todo };
}
