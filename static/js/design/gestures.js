// @ts-check
/**
 * Gestures on the page, one after the other: the server turns them into changes and describes the result, and the tab
 * follows.
 *
 *   import { gesture } from "design/gestures";
 *   await gesture({ do: "move", node: "el_k3x9q2", way: "up" });   // { ok: true, say: "Stop is now in …" }
 */
import { looks, send } from "lib/journal";
import { onlyLooks } from "lib/looks";
import { put, speak, toast } from "lib/toast";
import { answered, foresee, takeBack } from "design/ahead";
import { drawn } from "design/follow";
import { drawnNext, foreshow, takeAway } from "design/ghosts";
import { marks, pageKey } from "design/rows";
import { scope } from "design/scope";
import { shown } from "design/shown";
import { selected, selection } from "design/selection";
/** @import { Answer } from "builder/views/changes" */

/**
 * @param {object} what
 * @param {import("design/lengths").Lengths} [lengths] that it sets, to be shown at once
 * @returns {Promise<Answer>} the response, after everything, including the panel, was updated; a failure has already
 *   been shown and is `{ok: false, isUnsaved: true}`
 */
export async function gesture(what, lengths) {
  if (onlyLooks()) {
    toast({ sentence: onlyLooks(), code: "only_looks", isShort: true });
    return { ok: false, isUnsaved: true };
  }
  const step = foresee(what, lengths);
  const ghost = foreshow(what);
  const heard = (/** @type {Answer} */ answer) => {
    drawnNext(ghost);
    return answered(step, answer);
  };
  const answer = await send(`design/${pageKey()}/gestures`, what, { also: seen, heard }).catch(failed);
  if (!answer.ok) {
    takeBack(step);
    takeAway(ghost);
  }
  if (answer.go) location.assign(answer.go);
  else if (answer.say) speak(answer.say);
  // A message that offers to undo a deletion.
  if (answer.toast) put(answer.toast);
  if (answer.ok) await drawn();
  return answer;
}

/** @returns {Answer} */
const failed = () => ({ ok: false, isUnsaved: true });

/** The state of the tab that the response is drawn for, at the time of the request. */
const seen = () => ({ selected: selected(), selection: selection(), scope: scope(), show: shown(), ...marks() });

looks.also = seen;
