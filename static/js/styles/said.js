// @ts-check
/**
 * Turns fields and buttons of the Styles tab into gestures: on a token of the theme, or a property of a named style.
 *
 *   gestureOf(field, "sy_k3x9q2");      // { do: "set_style", style: "sy_k3x9q2", prop: "padding", value: 12 }
 *   pressOf(button, "sy_k3x9q2");       // { do: "remove_style", style: "sy_k3x9q2", keep: true }
 */
import { nodeOf, tokenOf, valueIn } from "styles/fields";

/**
 * @param {HTMLInputElement} field @param {string} style the open one
 * @returns {object | null} null for no gesture; its `value` is undefined if a number is required but not given
 */
export function gestureOf(field, style) {
  const { side, stack } = field.dataset;
  if (side) return { do: "set_token", token: tokenOf(field), side, value: field.value };
  if (stack !== undefined) return { do: "set_token", token: tokenOf(field), stack: field.value };
  if (!field.name || !field.closest("[data-style-key]")) return null;
  return { do: "set_style", style, prop: field.name, value: valueIn(field) };
}

/** @param {HTMLElement} button @param {string} style the open one @returns {object | null} null for no gesture */
export function pressOf(button, style) {
  const { choose, resetToken, removeStyle, remove, detachAll, reset } = button.dataset;
  if (choose) return { do: "choose_theme", starter: choose };
  if (resetToken === "stack") return { do: "set_token", token: tokenOf(button), stack: null };
  if (resetToken) return { do: "set_token", token: tokenOf(button), side: resetToken, value: null };
  if (remove !== undefined) return { do: "remove_from_theme", node: nodeOf(button) };
  if (detachAll !== undefined) return { do: "detach_all", style };
  if (removeStyle !== undefined) return { do: "remove_style", style, keep: removeStyle === "keep" };
  if (reset === undefined) return null;
  return { do: "set_style", style, prop: button.closest("[data-control]")?.getAttribute("data-control"), value: null };
}
