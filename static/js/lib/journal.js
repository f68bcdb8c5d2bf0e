// @ts-check
/**
 * Changes to the open app: every gesture is one call. The saving state and the undo buttons update automatically.
 *
 *   import { perform, onChanged } from "lib/journal";
 *   await perform("Move Stop", [{ do: "move", doc: "page/pg_ab12cd", node: "el_k3x9q2", … }]);
 *   onChanged(({ verb }) => …);   // after every change, undo and redo
 *
 * Changes that cannot be sent because the server is unreachable are kept, even across a reload, and sent once it is
 * back.
 */
import { post, reachable, tab } from "lib/http";
import { saving } from "lib/saving";
import { stretch } from "lib/stretch";
import { toast } from "lib/toast";
/** @import { Answer, Change, Names } from "builder/views/changes" */

const EVENT = "sw-changed";

/** @param {string} label what the gesture did, as shown on the undo button @param {object[]} changes */
export function perform(label, changes) {
  return send("changes", { label, changes });
}

/** What a screen adds to an undo or redo request, so that the response contains its updates. */
export const looks = { also: () => ({}) };
export const undo = () => send("undo", {}, looks).catch(after);
export const redo = () => send("redo", {}, looks).catch(after);

/** @param {(change: Change & Names & { verb: string }) => void} listener */
export function onChanged(listener) {
  const heard = (/** @type {DocumentEventMap["sw-changed"]} */ event) => {
    event.preventDefault();
    listener(event.detail);
  };
  document.addEventListener(EVENT, heard);
  return () => document.removeEventListener(EVENT, heard);
}

/**
 * Another tab has changed the app.
 * @param {{ undo: string, redo: string, by?: object[] }} names what undo and redo would do now, and who did what
 */
export function elsewhere(names) {
  document.dispatchEvent(new CustomEvent(EVENT, { cancelable: true, detail: { verb: "elsewhere", ...names } }));
}

/** A refused undo or redo is skipped, so the buttons must be renamed. @param {unknown} failure */
function after(failure) {
  document.dispatchEvent(new CustomEvent("sw-refused"));
  throw failure;
}

/** @typedef {{ verb: string, body: object, token: string, stretch: string }} Asked */
/** @typedef {{ also?: () => object, heard?: (answer: Answer) => Change }} Asker */

/** @type {Promise<unknown>} the last request, which may still be pending */
let before = Promise.resolve();
let count = 0;

/**
 * Request a change at any URL below the app's, after all earlier requests: of three undos, the last response wins. A
 * response that is not `ok` changed nothing. `also` adds to the body when the request is sent; `heard` picks what is
 * followed from the response, just before it is.
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
    // A screen that does not follow changes is reloaded after an undo.
    if (!isFollowed && verb !== "changes") location.reload();
    return answer;
  } catch (/** @type {any} */ failure) {
    // A failed undo leaves nothing unsaved.
    if (["undo", "redo"].includes(verb)) answered(one);
    else saving("failed", failure);
    toast(failure);
    throw failure;
  } finally {
    keep(kept().filter((each) => each.token !== one.token));
  }
}

/** Everything is saved once no other request is waiting. @param {Asked} one */
function answered(one) {
  saving("saved");
  if (kept().some((each) => each.token !== one.token)) saving("saving");
}

/** Send a request, retrying until the server can be reached. @param {Asked} one @returns {Promise<Answer>} */
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

// Unanswered requests survive a reload of the tab.

const STORE = `unsent:${document.body.dataset.app}`;

/** @returns {Asked[]} */
const kept = () => JSON.parse(sessionStorage.getItem(STORE) || "[]");

/** @param {Asked[]} all */
function keep(all) {
  try {
    if (all.length) sessionStorage.setItem(STORE, JSON.stringify(all));
    else sessionStorage.removeItem(STORE);
  } catch {
    // Storage quota exceeded: it is still sent as long as the tab stays open.
  }
}

if (document.body.dataset.app) {
  for (const one of kept()) ask(one).catch(() => {});
  addEventListener("beforeunload", (event) => document.body.dataset.saving === "offline" && event.preventDefault());
}
