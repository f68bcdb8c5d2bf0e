// @ts-check
/**
 * Key combinations as strings: `Mod+Shift+Z`, `Alt+ArrowUp`, `F6`, `A`, `?`. `Mod` is ⌘ on a Mac, else Ctrl.
 *
 *   import { chordOf, wordsOf } from "lib/chords";
 *   chordOf(event) === "Mod+D";   wordsOf("Mod+D")    // "Ctrl D", on a Mac "⌘ D"
 */
const isMac = /mac|iphone|ipad/i.test(navigator.platform);

/** The browser's own shortcuts: reload, source, downloads; new, next and closed tabs and windows; the address; find;
 * print. */
export const RESERVED = ["R", "U", "J", "T", "N", "W", "L", "P", "F", "Shift+R", "Shift+T", "Shift+N"].map(
  (key) => `Mod+${key}`,
);

const WORDS = {
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  Delete: "Del",
  Escape: "Esc",
  ContextMenu: "Menu",
  Backspace: "⌫",
  PageUp: "Page up",
  PageDown: "Page down",
};
const MODIFIERS = isMac ? { Mod: "⌘", Alt: "⌥", Shift: "⇧" } : { Mod: "Ctrl" };

/** @param {KeyboardEvent} event @returns {string} */
export function chordOf(event) {
  const key = keyOf(event);
  const mod = isMac ? event.metaKey : event.ctrlKey;
  const other = isMac ? event.ctrlKey : event.metaKey;
  // If Shift produces another character, that character is the key: ? and not Shift+/.
  const shift = event.shiftKey && (key.length > 1 || key.toLowerCase() !== key.toUpperCase() || isSign(event));
  return [mod && "Mod", other && "Other", event.altKey && "Alt", shift && "Shift", key].filter(Boolean).join("+");
}

/** Whether it is a shifted digit whose character depends on the keyboard layout. @param {KeyboardEvent} event */
const isSign = ({ key, code, shiftKey }) => shiftKey && /^Digit[12]$/.test(code) && '!"@'.includes(key);

/** The key itself. If it types a letter of another script, or a symbol because of Alt, the Latin letter at its
 * position.
 * @param {KeyboardEvent} event */
function keyOf(event) {
  const { key, code, altKey } = event;
  if (key === " ") return "Space";
  if (isSign(event)) return code.slice(-1);
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter && key.length === 1 && (altKey || key > "\u007f")) return letter;
  return key.length === 1 ? key.toUpperCase() : key;
}

/** Whether it is a character without Mod or Alt. @param {string} chord */
export const isSingle = (chord) => chord.length === 1 || /^Shift\+.$/.test(chord);

/** @param {string} chord @returns {string} as labelled on the keyboard */
export const wordsOf = (chord) =>
  chord
    .split(/\+(?=.)/)
    .map((key) => MODIFIERS[/** @type {"Mod"} */ (key)] || WORDS[/** @type {"Delete"} */ (key)] || key)
    .join(" ");
