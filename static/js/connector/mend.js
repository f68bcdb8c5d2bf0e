// @ts-check
/**
 * What Initialize says when it fails on the way to an answer, and the button that mends it.
 *
 *   await allSaved();  explain(LOST, [mendOf(LOST, goTo, allowPlace), …]);
 */

export const NOT_SHOWN = {
  sentence: "The answer is kept, but it could not be shown.",
  todo: "Open it by Edit returned values.",
};
export const LOST = {
  sentence: "The connection to the server was lost.",
  todo: "Check the connection, then run it again.",
};

const KEY_CODES = ["key_refused", "secret_missing", "secret_elsewhere", "secret_unreadable"];

/**
 * @param {{ code?: string, allow?: string }} error `allow` is a place that this person may let calls reach
 * @param {(id: string) => () => void} go leads to a control by its id
 * @param {(place: string) => void} allowed lets calls reach it
 * @returns {[string, () => void]} words and verb
 */
export function mendOf(error, go, allowed) {
  const place = error.allow;
  if (place) return [`Allow ${place}`, () => allowed(place)];
  return KEY_CODES.includes(error.code ?? "") ? ["Open authentication", go("id_scheme")] : ["Open call", go("id_url")];
}

/** Lets calls reach a place. @param {string} place @param {HTMLElement | null} button it knows where to ask for that */
export async function allow(place, button) {
  await htmx.ajax("POST", button?.dataset.allow, { values: { place }, swap: "none" });
}

/** Waits until no request of htmx is under way or waiting to be sent. */
export async function allSaved() {
  const busy = () => document.querySelector(".htmx-request, [data-unsaved]");
  for (let tries = 0; tries < 100 && busy(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 30));
}
