// @ts-check
/**
 * Gestures on the page, one after the other: the server makes changes of them, says where things went, and all follows.
 *
 *   import { gesture } from "design/gestures";
 *   await gesture({ do: "move", node: "el_k3x9q2", way: "up" });   // { ok: true, say: "Stop is now in …" }
 */
import { send } from "lib/journal";
import { put, speak } from "lib/toast";
import { marks, pageKey } from "design/rows";
import { scope } from "design/scope";
import { shown } from "design/shown";
import { selected, selection } from "design/selection";

/** @type {Promise<any>} */
let last = Promise.resolve();

/** @param {object} what @returns {Promise<any>} the answer; a failure has been shown by then and is `{ok: false}` */
export function gesture(what) {
  last = last.then(() => make(what));
  return last;
}

/** @param {object} what */
async function make(what) {
  const seen = { selected: selected(), selection: selection(), scope: scope(), show: shown(), ...marks() };
  const answer = await send(`design/${pageKey()}/gestures`, { ...what, ...seen }).catch(() => ({ ok: false }));
  if (answer.go) location.assign(answer.go);
  else if (answer.say) speak(answer.say);
  // What was deleted can come back.
  if (answer.toast) put(answer.toast);
  return answer;
}
