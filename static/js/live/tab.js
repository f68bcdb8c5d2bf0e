// @ts-check
/**
 * The visit of this tab: kept in session storage and held by a lock, so that a duplicated tab, whose storage is a copy,
 * finds the lock taken and gets a visit of its own (S33).
 *
 *   const visit = await ownVisit(path);   // null for a tab that has none
 *   keep(path, "vi_k3x9q2");              // this tab's from now on
 *   store[key] = "…";                     // survives a reload, if the browser allows storage
 */

/** @type {Record<string, string>} */
export const store = (() => {
  try {
    return sessionStorage;
  } catch {
    return {}; // blocking cookies also blocks storage: what is kept is lost with the page
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
 * Hold a visit's lock until the tab is gone; false if another tab has it. Without access to locks, the visit counts as
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
