// @ts-check
/**
 * The visit of this tab: kept in the tab's storage and held by a lock, so that a duplicated tab, whose storage is a
 * copy, finds the lock taken and gets a visit of its own (S33).
 *
 *   const visit = await ownVisit(path);   // null for a tab that has none
 *   keep(path, "vi_k3x9q2");              // this tab's from now on
 */

/** @param {string} path @returns {Promise<string | null>} */
export async function ownVisit(path) {
  const stored = sessionStorage.getItem(path);
  if (!stored || (await hold(stored))) return stored;
  sessionStorage.removeItem(path);
  return null;
}

/** @param {string} path @param {string} visit */
export function keep(path, visit) {
  if (visit !== sessionStorage.getItem(path)) hold(visit);
  sessionStorage.setItem(path, visit);
}

/**
 * Hold a visit as this tab's until the tab is gone; false when another tab has it.
 * @param {string} visit
 * @returns {Promise<boolean>}
 */
function hold(visit) {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    navigator.locks.request(`visit ${visit}`, { ifAvailable: true }, (lock) => {
      resolve(Boolean(lock));
      return lock ? new Promise(() => {}) : undefined;
    });
  });
}
