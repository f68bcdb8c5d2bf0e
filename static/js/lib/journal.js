// @ts-check
/**
 * Changes of the app that is open: every gesture is one call. The word Saved and the undo buttons follow by themselves.
 *
 *   import { perform, onChanged } from "lib/journal";
 *   await perform("Move Stop", [{ do: "move", doc: "page/pg_ab12cd", node: "el_k3x9q2", … }]);
 *   onChanged(({ documents, verb }) => …);   // after every change, undo and redo; `documents`: address → revision
 */
import { post } from "lib/http";
import { toast } from "lib/toast";

const EVENT = "sw-changed";

/** @param {string} label what the gesture did, in the words of the undo button @param {object[]} changes */
export function perform(label, changes) {
  return send("changes", { label, changes });
}

export const undo = () => send("undo", {});
export const redo = () => send("redo", {});

/** @param {(detail: { documents: Record<string, number>, verb: string, undo: string, redo: string }) => void} listener */
export function onChanged(listener) {
  const heard = (/** @type {any} */ event) => {
    event.preventDefault();
    listener(event.detail);
  };
  document.addEventListener(EVENT, heard);
  return () => document.removeEventListener(EVENT, heard);
}

/** Another tab has changed the app. @param {{ undo: string, redo: string }} names what they would do now */
export function elsewhere(names) {
  document.dispatchEvent(new CustomEvent(EVENT, { cancelable: true, detail: { verb: "elsewhere", documents: {}, ...names } }));
}

/** @type {Promise<unknown>} what was asked for last, and is perhaps not answered yet */
let before = Promise.resolve();

/**
 * Ask the server for a change by any address under the app's, after all that was asked for before: of three undos the
 * last answer is the last word. An answer that is not `ok` changed nothing.
 * @param {string} verb such as "undo" or "design/pg_ab12cd/gestures" @param {object} body
 */
export function send(verb, body) {
  say("saving");
  const asked = before.then(() => ask(verb, body));
  before = asked.catch(() => {});
  return asked;
}

/** @param {string} verb @param {object} body */
async function ask(verb, body) {
  try {
    const answer = await post(`/apps/${document.body.dataset.app}/${verb}/`, body);
    say("saved");
    if (!answer.ok) return answer;
    const heard = !document.dispatchEvent(new CustomEvent(EVENT, { cancelable: true, detail: { verb, ...answer } }));
    // A screen that does not follow changes is drawn anew after an undo.
    if (!heard && verb !== "changes") location.reload();
    return answer;
  } catch (failure) {
    say("failed");
    toast(failure);
    throw failure;
  }
}

/** @param {string} state */
function say(state) {
  document.dispatchEvent(new CustomEvent("sw-saving", { detail: { state } }));
}
