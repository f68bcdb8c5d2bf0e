// @ts-check
/**
 * Return an expression to the field it is for. A field may have a method `use(part, expression)`; any other gets the
 * `change` event that it would have dispatched itself.
 */
import { perform } from "lib/journal";

/**
 * @param {{ doc: string, node: string, prop: string, part: number | null, expects: string, value: any }} asked
 * @param {any} field @param {any} used the expression, null for none
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
 * @param {{ part: number | null, expects: string, value: any }} asked @param {any} used
 */
function merged({ part, expects, value }, used) {
  if (expects !== "text") return used;
  const parts = value?.text ? [...value.text] : value === null || value === undefined ? [] : [value];
  if (part === null) parts.push(used);
  else parts.splice(part, 1, used);
  const kept = parts.filter((each) => each !== "" && each !== null);
  if (kept.every((each) => typeof each === "string")) return kept.join("");
  return { text: kept };
}
