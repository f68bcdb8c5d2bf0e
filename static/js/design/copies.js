// @ts-check
/**
 * Copies and what is new before the server has made them: the ids of copies are chosen here, so that they can be shown,
 * selected and changed at once. Pure.
 *
 *   copiesIn([{ do: "duplicate", ids: { el_stop01: "el_k3x9q2" } }])      // Map { el_k3x9q2 → el_stop01 }
 *   freeName("Stop", new Set(["Stop"]))        // "Stop 2"
 *
 * @typedef {Map<string, string>} Copies what the server has drawn, by the keys of its copies
 */
const SIGNS = "abcdefghijklmnopqrstuvwxyz0123456789";

/** @param {any[]} all gestures, in their order @returns {Copies} */
export function copiesIn(all) {
  const found = /** @type {Copies} */ (new Map());
  for (const { ids = {} } of all)
    for (const [key, copy] of Object.entries(ids)) found.set(/** @type {string} */ (copy), found.get(key) || key);
  return found;
}

/** @param {string[]} keys @returns {Record<string, string>} a new id for each */
export const newIds = (keys) => Object.fromEntries(keys.map((key) => [key, newId()]));

function newId() {
  const picked = crypto.getRandomValues(new Uint32Array(6));
  return `el_${[...picked].map((each) => SIGNS[each % SIGNS.length]).join("")}`;
}

/** As the server names copies (builder/changes/duplicate). @param {string} name @param {Set<string>} taken */
export function freeName(name, taken) {
  const stem = taken.has(name) ? name.replace(/[0-9]+$/, "").trimEnd() : name;
  let [free, number] = [name, 2];
  while (taken.has(free)) {
    free = `${stem} ${number}`;
    number += 1;
  }
  return free;
}

/**
 * Where copies stand in a fixed group: beside what they copy, all by the same, on nothing that stands there.
 * @param {import("design/foreseen").Places} all that stand in the group @param {string[]} copied some of them
 * @param {Record<string, string>} ids @returns {import("design/foreseen").Places}
 */
export function besides(all, copied, ids) {
  const taken = spotsOf(all);
  const further = (/** @type {string} */ key) => ({ x: all[key].x + by, y: all[key].y + by });
  const isTaken = (/** @type {string} */ key) => taken.has(`${further(key).x} ${further(key).y}`);
  let by = 10;
  while (by < 1000 && copied.some(isTaken)) by += 10;
  return Object.fromEntries(copied.map((key) => [ids[key], further(key)]));
}

/** Where something new stands in a fixed group. @param {import("design/foreseen").Places} all that stand in it */
export function freePlace(all) {
  const taken = spotsOf(all);
  let at = 0;
  while (taken.has(`${at} ${at}`)) at += 10;
  return { x: at, y: at };
}

/** @param {import("design/foreseen").Places} all */
const spotsOf = (all) => new Set(Object.values(all).map(({ x, y }) => `${x} ${y}`));
