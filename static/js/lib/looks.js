// @ts-check
/**
 * People who may only look at the app are not offered anything that would change it; the server refuses it anyway.
 *
 *   import { onlyLooks, lookOnly } from "lib/looks";
 *   if (onlyLooks()) …
 *   if (lookOnly({ sentence: "You are signed out." })) …      // from now on; false if that was already so
 */

/** The message that they may only look, and whom to ask; empty if they may change the app. */
export const onlyLooks = () => (document.body.dataset.onlyLooks || "").replace(/\s+/g, " ");

/**
 * Switch to looking only, and dispatch `sw-only-looks` on the document.
 * @param {{ sentence: string, todo?: string }} why @returns {boolean} whether they could change the app until now
 */
export function lookOnly({ sentence, todo = "" }) {
  const [before, words] = [onlyLooks(), `${sentence} ${todo}`.trim()];
  if (words === before) return false;
  document.body.dataset.onlyLooks = words;
  document.dispatchEvent(new Event("sw-only-looks"));
  return true;
}
