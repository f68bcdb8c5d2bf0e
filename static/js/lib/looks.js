// @ts-check
/**
 * Who may only look at the app is offered nothing that would change it; the server refuses it all the same.
 *
 *   import { onlyLooks } from "lib/looks";
 *   if (onlyLooks()) …
 */

/** What tells somebody that they can look only, and whom to ask; empty for who may change the app. */
export const onlyLooks = () => document.body.dataset.onlyLooks || "";
