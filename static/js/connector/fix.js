// @ts-check
/**
 * Errors of Initialize on the way to a response, and the button that fixes each.
 *
 *   await allSaved();  explain(LOST, [fixOf(LOST, goTo, allowPlace), …]);
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
 * @param {{ code?: string, allow?: string }} error `allow` is a host that this person may let calls reach
 * @param {(id: string) => () => void} go returns a handler that goes to a control by its id
 * @param {(place: string) => void} allowed lets calls reach the host
 * @returns {[string, () => void]} label and handler
 */
export function fixOf(error, go, allowed) {
  const place = error.allow;
  if (place) return [`Allow ${place}`, () => allowed(place)];
  return KEY_CODES.includes(error.code ?? "") ? ["Open authentication", go("id_scheme")] : ["Open call", go("id_url")];
}

/** Let calls reach a host.
 * @param {string} place @param {HTMLElement | null} button whose `data-allow` is the URL for this */
export async function allow(place, button) {
  await htmx.ajax("POST", button?.dataset.allow, { values: { place }, swap: "none" });
}

/** Wait until no htmx request is pending or about to be sent. */
export async function allSaved() {
  const busy = () => document.querySelector(".htmx-request, [data-unsaved]");
  for (let tries = 0; tries < 100 && busy(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 30));
}
