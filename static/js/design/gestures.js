// @ts-check
/**
 * Gestures on the page, one after the other: the server makes changes of them, says where things went, and all follows.
 *
 *   import { gesture } from "design/gestures";
 *   await gesture({ do: "move", node: "el_k3x9q2", way: "up" });   // { ok: true, say: "Stop is now in …" }
 */
import { looks, send } from "lib/journal";
import { put, speak } from "lib/toast";
import { answered, foresee, takeBack } from "design/ahead";
import { marks, pageKey } from "design/rows";
import { scope } from "design/scope";
import { shown } from "design/shown";
import { selected, selection } from "design/selection";

/** @param {object} what @returns {Promise<any>} the answer; a failure has been shown by then and is `{ok: false}` */
export async function gesture(what) {
  const step = foresee(what);
  const asker = { also: seen, heard: (/** @type {any} */ answer) => answered(step, answer) };
  const answer = await send(`design/${pageKey()}/gestures`, what, asker).catch(() => ({ ok: false }));
  if (!answer.ok) takeBack(step);
  if (answer.go) location.assign(answer.go);
  else if (answer.say) speak(answer.say);
  // What was deleted can come back.
  if (answer.toast) put(answer.toast);
  return answer;
}

/** What the answer is drawn for, once the server is asked. */
const seen = () => ({ selected: selected(), selection: selection(), scope: scope(), show: shown(), ...marks() });

looks.also = seen;
