// @ts-check
/**
 * People who may only look at the app are not offered anything that would change it; the server refuses it anyway.
 *
 *   import { onlyLooks, lookOnly, editAgain } from "lib/looks";
 *   if (onlyLooks()) …
 *   if (lookOnly({ sentence: "You are signed out." })) …      // from now on; false if that was already so
 *   if (editAgain()) …      // they may change it again; false if the page was loaded for somebody who may not
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

const hasCome = onlyLooks() === "";

/** End looking only, and dispatch `sw-edits-again` on the document. @returns {boolean} whether that was possible */
export function editAgain() {
  if (!hasCome) return false;
  delete document.body.dataset.onlyLooks;
  document.dispatchEvent(new Event("sw-edits-again"));
  return true;
}
