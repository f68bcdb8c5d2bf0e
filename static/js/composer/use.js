// @ts-check
/**
 * Return an expression to the field it is for. A field may have a method `use(part, expression)`; any other gets the
 * `change` event that it would have dispatched itself.
 */
import { perform } from "lib/journal";
import { inserted, mixed, partsOf } from "parts/expr_words";
/** @import { Expression } from "builder/expressions/shape" */
/** @import { Asked } from "builder/views/compose" */

/**
 * @param {Asked} asked
 * @param {any} field @param {Expression | null} used the expression, null for none
 */
export function give(asked, field, used) {
  if (typeof field.use === "function") return field.use(asked.part, used);
  const value = merged(asked, used);
  if (field.dataset?.prop) {
    field.dataset.value = JSON.stringify(value);
    delete field.dataset.default;
    return field.dispatchEvent(new CustomEvent("change", { bubbles: true, detail: { value } }));
  }
  const set = value === null ? { unset: [asked.prop] } : { set: { [asked.prop]: value } };
  return perform(`Change ${asked.prop}`, [{ do: "update", doc: asked.doc, node: asked.node, ...set }]).catch(() => {});
}

/**
 * The field's whole value with the expression inserted.
 * @param {Asked} asked @param {Expression | null} used
 */
function merged({ part, expects, value, caret }, used) {
  if (expects !== "text") return used;
  const before = partsOf(value ?? "");
  const parts = part === null ? inserted(before, caret, used) : before.toSpliced(part, 1, used);
  const kept = parts.filter((each) => each !== "" && each !== null);
  if (kept.every((each) => typeof each === "string")) return kept.join("");
  return mixed(kept);
}
