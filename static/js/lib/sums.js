// @ts-check
/**
 * Arithmetic as typed into number fields: "16*2", "(100 - 4) / 3", "1.5rem". It is parsed, never evaluated as code.
 *
 *   import { sum } from "lib/sums";
 *   sum("16*2");   // 32; null if it cannot be parsed
 */
const PART = /\s*(?:(\d+(?:[.,]\d*)?|[.,]\d+)\s*(px|rem|em)?|([-+*/()×÷−]))/y;
const SIGNS = /** @type {Record<string, string>} */ ({ "×": "*", "÷": "/", "−": "-" });
const LONGEST = 100;

/** @param {string} text @returns {number | null} in pixels if it has units; null for percentages such as 50% */
export function sum(text) {
  const parts = text.length <= LONGEST ? read(text.trim()) : null;
  if (!parts?.length) return null;
  let at = 0;

  /** @returns {number} */
  const one = () => {
    const part = parts[at++];
    if (typeof part === "number") return part;
    if (part === "-") return -one();
    if (part !== "(") return NaN;
    const inside = added();
    return parts[at++] === ")" ? inside : NaN;
  };
  const times = () => {
    let made = one();
    while (parts[at] === "*" || parts[at] === "/") made = parts[at++] === "*" ? made * one() : made / one();
    return made;
  };
  const added = () => {
    let made = times();
    while (parts[at] === "+" || parts[at] === "-") made = parts[at++] === "+" ? made + times() : made - times();
    return made;
  };

  const made = added();
  return at === parts.length && Number.isFinite(made) ? tidy(made) : null;
}

/** Round away floating-point noise: 0.3 and not 0.30000000000000004. @param {number} number */
export const tidy = (number) => Number(number.toPrecision(12));

/** @param {string} text @returns {(number | string)[] | null} numbers and operators */
function read(text) {
  const parts = [];
  PART.lastIndex = 0;
  while (PART.lastIndex < text.length) {
    const found = PART.exec(text);
    if (!found) return null;
    const [, digits, unit, sign] = found;
    if (sign) parts.push(SIGNS[sign] || sign);
    else parts.push(Number(digits.replace(",", ".")) * (unit === "rem" || unit === "em" ? 16 : 1));
  }
  return parts;
}
