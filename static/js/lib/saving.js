// @ts-check
/**
 * The saving state, announced by the event `sw-saving` with `detail.state` saving, saved, offline or failed.
 *
 *   import { saving } from "lib/saving";
 *   saving("failed", failure);           // with the failure's sentence
 */

/** @param {"saving" | "saved" | "offline" | "failed"} state @param {{ sentence?: string, todo?: string }} [failure] */
export function saving(state, failure = {}) {
  // A new request while offline does not mean that the server is back.
  if (state === "saving" && document.body.dataset.saving === "offline") return;
  document.body.dataset.saving = state;
  document.dispatchEvent(new CustomEvent("sw-saving", { detail: { state, ...failure } }));
}
