// @ts-check
/**
 * One animation frame for all texts of a page. All of them measure before any of them writes, and again before any
 * scrolls, so that layout happens once per frame, however many texts arrive in it.
 *
 *     inFrame((now) => isDue(now) ? () => box.append(text) : undefined)   // measures, and returns what to do
 *     atOnce(look)   // for urgent text: without a frame, in a microtask with everything that has arrived
 *     afterWrites(() => { const end = box.scrollHeight; return () => { box.scrollTop = end } })
 */

/** @typedef {(now: number) => (() => void) | void} Look */

/** @type {Set<Look>[]} */
const [first, last] = [new Set(), new Set()];
let frame = 0;

/** @param {Set<Look>} looks @param {Look} look */
function want(looks, look) {
  looks.add(look);
  if (!frame) frame = requestAnimationFrame(run);
}

/** @param {Look} look */
export const inFrame = (look) => want(first, look);

/** At most as often as messages arrive, which is once per frame (workflows/live/outbox.py). @param {Look} look */
export function atOnce(look) {
  first.add(look);
  queueMicrotask(run);
}

/** In the same frame if one is scheduled. @param {Look} look */
export const afterWrites = (look) => want(last, look);

function run(now = performance.now()) {
  frame = 0;
  for (const looks of [first, last]) {
    const due = [...looks];
    looks.clear();
    for (const act of due.map((look) => look(now))) act?.();
  }
}
