// @ts-check
/**
 * What the command palette lists for what was typed: the matches, the best first, with recent commands ranked higher.
 *
 *   inOrder(commands, "> undo");      // ">": actions only
 *   remember("undo");
 */
import { fit } from "lib/fuzzy";

/** @typedef {import("parts/commands").Command} Command */

const [SHOWN, RECENT] = [50, 8];
const STORE = `recent:${document.body.dataset.app}`;

/** @param {Command[]} all @param {string} typed @returns {Command[]} */
export function inOrder(all, typed) {
  const only = typed.startsWith(">");
  const words = typed.replace(/^>/, "").trim();
  const recent = recentOnes();
  const places = new Map(recent.map((id, index) => [id, recent.length - index]));
  const rated = all
    .filter((each) => !only || !each.id.startsWith("/"))
    .map((each) => ({ each, fits: rate(words, each), recency: places.get(each.id) || 0 }))
    .filter(({ fits }) => fits > 0);
  rated.sort((one, other) => other.fits + 2 * other.recency - one.fits - 2 * one.recency);
  return rated.slice(0, SHOWN).map(({ each }) => each);
}

/**
 * How well a command matches: by its label, or with less weight by its label, hint and kind.
 * @param {string} words @param {Command} command
 */
const rate = (words, { label, hint, kind }) =>
  words ? Math.max(fit(words, label), 0.6 * fit(words, `${label} ${hint} ${kind}`)) : 1;

/** @returns {string[]} the ids of recent commands, newest first */
const recentOnes = () => JSON.parse(localStorage.getItem(STORE) || "[]");

/** @param {string} id of the command that is being run */
export function remember(id) {
  const recent = [id, ...recentOnes().filter((each) => each !== id)];
  localStorage.setItem(STORE, JSON.stringify(recent.slice(0, RECENT)));
}
