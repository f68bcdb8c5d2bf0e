// @ts-check
/**
 * Changes of the app that is open: every gesture is one call. The word Saved and the undo buttons follow by themselves.
 *
 *   import { perform, onChanged } from "lib/journal";
 *   await perform("Move Stop", [{ do: "move", doc: "page/pg_ab12cd", node: "el_k3x9q2", … }]);
 *   onChanged(({ verb }) => …);   // after every change, undo and redo
 *
 * What cannot be sent, because the server cannot be reached, is kept, also over a reload, and sent when it is back.
 */
import { post, reachable, tab } from "lib/http";
import { saving } from "lib/saving";
import { stretch } from "lib/stretch";
import { toast } from "lib/toast";

const EVENT = "sw-changed";

/** @param {string} label what the gesture did, in the words of the undo button @param {object[]} changes */
export function perform(label, changes) {
  return send("changes", { label, changes });
}

/** What a screen says with an undo or a redo, so that its answer brings what follows there. */
export const looks = { also: () => ({}) };
export const undo = () => send("undo", {}, looks).catch(after);
export const redo = () => send("redo", {}, looks).catch(after);

/** @param {(detail: { verb: string, undo: string, redo: string }) => void} listener */
export function onChanged(listener) {
  const heard = (/** @type {any} */ event) => {
    event.preventDefault();
    listener(event.detail);
  };
  document.addEventListener(EVENT, heard);
  return () => document.removeEventListener(EVENT, heard);
}

/**
 * Another tab has changed the app.
 * @param {{ undo: string, redo: string, by?: object[] }} names what they would do now, and who did what
 */
export function elsewhere(names) {
  document.dispatchEvent(new CustomEvent(EVENT, { cancelable: true, detail: { verb: "elsewhere", ...names } }));
}

/** What was refused is gone past: undo and redo have other names now. @param {unknown} failure */
function after(failure) {
  document.dispatchEvent(new CustomEvent("sw-refused"));
  throw failure;
}

/** @typedef {{ verb: string, body: object, token: string, stretch: string }} Asked */
/** @typedef {{ also?: () => object, heard?: (answer: any) => any }} Asker */

/** @type {Promise<unknown>} what was asked for last, and is perhaps not answered yet */
let before = Promise.resolve();
let count = 0;

/**
 * Ask the server for a change by any address under the app's, after all that was asked for before: of three undos the
 * last answer is the last word. An answer that is not `ok` changed nothing. `also` says more when its turn has come;
 * `heard` says what of the answer is followed, right before it is.
 * @param {string} verb such as "undo" or "design/pg_ab12cd/gestures" @param {object} body
 * @param {Asker} [asker]
 */
export function send(verb, body, asker = {}) {
  const one = { verb, body, token: `${tab}-${(count += 1)}`, stretch: stretch() };
  keep([...kept(), one]);
  return ask(one, asker);
}

/** @param {Asked} one @param {Asker} [asker] */
function ask(one, asker = {}) {
  saving("saving");
  const asked = before.then(() => answerTo(one, asker));
  before = asked.catch(() => {});
  return asked;
}

/** @param {Asked} one @param {Asker} asker */
async function answerTo(one, { also, heard = (answer) => answer }) {
  const { verb } = one;
  try {
    const answer = await reach({ ...one, body: { ...one.body, ...also?.() } });
    answered(one);
    if (!answer.ok) return answer;
    if (answer.said) toast(answer.said);
    const detail = { verb, ...heard(answer) };
    const isFollowed = !document.dispatchEvent(new CustomEvent(EVENT, { cancelable: true, detail }));
    // A screen that does not follow changes is drawn anew after an undo.
    if (!isFollowed && verb !== "changes") location.reload();
    return answer;
  } catch (/** @type {any} */ failure) {
    // What cannot be taken back is on the server all the same.
    if (["undo", "redo"].includes(verb)) answered(one);
    else saving("failed", failure);
    toast(failure);
    throw failure;
  } finally {
    keep(kept().filter((each) => each.token !== one.token));
  }
}

/** All is saved once nothing else waits for its turn. @param {Asked} one */
function answered(one) {
  saving("saved");
  if (kept().some((each) => each.token !== one.token)) saving("saving");
}

/** The answer, when the server can be reached again. @param {Asked} one @returns {Promise<any>} */
async function reach(one) {
  const headers = { "X-Token": one.token, "X-Stretch": one.stretch };
  const isOnPage = document.documentElement.dataset.tab === "design" && ["undo", "redo"].includes(one.verb);
  const page = isOnPage ? `?page=${document.body.dataset.page || ""}` : "";
  for (;;) {
    try {
      return await post(`/apps/${document.body.dataset.app}/${one.verb}/${page}`, one.body, { headers });
    } catch (/** @type {any} */ failure) {
      if (failure.code !== "offline") throw failure;
      saving("offline");
      await reachable();
    }
  }
}

// What is not answered yet outlives a reload of the tab.

const STORE = `unsent:${document.body.dataset.app}`;

/** @returns {Asked[]} */
const kept = () => JSON.parse(sessionStorage.getItem(STORE) || "[]");

/** @param {Asked[]} all */
function keep(all) {
  try {
    if (all.length) sessionStorage.setItem(STORE, JSON.stringify(all));
    else sessionStorage.removeItem(STORE);
  } catch {
    // More than a browser keeps: it is sent all the same, while the tab stays open.
  }
}

if (document.body.dataset.app) {
  for (const one of kept()) ask(one).catch(() => {});
  addEventListener("beforeunload", (event) => document.body.dataset.saving === "offline" && event.preventDefault());
}
