// @ts-check
/**
 * One animation frame for all texts of a page. All of them look before one of them writes, and again before one
 * scrolls: so the page is laid out once a frame, however many texts arrive in it.
 *
 *     inFrame((now) => isDue(now) ? () => box.append(text) : undefined)   // looks, and gives what to do then
 *     atOnce(look)   // what a reader waits for: without a frame, with all else that has come by the end of this task
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

/** No more often than messages come, of which there is one a frame (workflows/live/outbox.py). @param {Look} look */
export function atOnce(look) {
  first.add(look);
  queueMicrotask(run);
}

/** In the same frame where there is one. @param {Look} look */
export const afterWrites = (look) => want(last, look);

function run(now = performance.now()) {
  frame = 0;
  for (const looks of [first, last]) {
    const due = [...looks];
    looks.clear();
    for (const act of due.map((look) => look(now))) act?.();
  }
}
