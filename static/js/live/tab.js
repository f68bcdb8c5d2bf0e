// @ts-check
/**
 * The visit of this tab: kept in the tab's storage and held by a lock, so that a duplicated tab, whose storage is a
 * copy, finds the lock taken and gets a visit of its own (S33).
 *
 *   const visit = await ownVisit(path);   // null for a tab that has none
 *   keep(path, "vi_k3x9q2");              // this tab's from now on
 *   store[key] = "…";                     // what a reload finds again, where a browser lets a page keep anything
 */

/** @type {Record<string, string>} */
export const store = (() => {
  try {
    return sessionStorage;
  } catch {
    return {}; // who blocks cookies has no storage either: what is kept is gone with the page
  }
})();

/** @param {string} path @returns {Promise<string | null>} */
export async function ownVisit(path) {
  const stored = store[path];
  if (stored && (await hold(stored))) return stored;
  delete store[path];
  return null;
}

/** @param {string} path @param {string} visit */
export function keep(path, visit) {
  if (visit !== store[path]) hold(visit);
  store[path] = visit;
}

/**
 * Hold a visit as this tab's until the tab is gone; false when another tab has it. Where a page may hold nothing it is
 * this tab's.
 * @param {string} visit
 * @returns {Promise<boolean>}
 */
function hold(visit) {
  return new Promise((resolve) => {
    const alone = () => resolve(true);
    const held = (/** @type {Lock | null} */ lock) => {
      resolve(!!lock);
      return lock && new Promise(() => {});
    };
    if (navigator.locks) navigator.locks.request(`visit ${visit}`, { ifAvailable: true }, held).catch(alone);
    else alone();
  });
}
