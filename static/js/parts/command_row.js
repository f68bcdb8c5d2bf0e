// @ts-check
/**
 * A row of the command palette: icon, name, hint, kind and key.
 *
 *   list.append(commandRow(command, 0, "/static/icons.svg"));      // <div role="option" id="command-0" class="row">
 */
import { wordsOf } from "lib/chords";

/** @param {import("parts/commands").Command} command
 * @param {number} index @param {string} [sprite] the URL of the icons */
export function commandRow({ label, hint, kind, icon, keys }, index, sprite = "") {
  const row = made("div", "row", "");
  Object.assign(row, { role: "option", id: `command-${index}`, ariaSelected: "false" });
  row.append(symbol(`${sprite}#i-${icon}`), made("span", "name", label), made("span", "ink-3 clip", hint));
  row.append(made("span", "push ink-3 t-12", kind));
  if (keys?.length) row.append(made("kbd", "kbd", wordsOf(keys[0])));
  return row;
}

/** @param {string} tag @param {string} className @param {string} textContent */
const made = (tag, className, textContent) => Object.assign(document.createElement(tag), { className, textContent });

/** @param {string} address of a symbol in the sprite */
function symbol(address) {
  const [icon, use] = ["svg", "use"].map((tag) => document.createElementNS("http://www.w3.org/2000/svg", tag));
  icon.setAttribute("class", "icon icon-14");
  icon.ariaHidden = "true";
  use.setAttribute("href", address);
  icon.append(use);
  return icon;
}
