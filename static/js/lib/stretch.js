// @ts-check
/**
 * The current stretch of typing: everything saved while one field is focused, without a long pause, is one undo.
 *
 *   import { stretch } from "lib/stretch";
 *   stretch()        // "k3x9q2-7", or "" outside text fields
 */
import { isText } from "lib/actions";
import { tab } from "lib/http";

const PAUSE_MS = 5000;
let [count, typed, isTyping] = [0, 0, false];

export const stretch = () => (isTyping ? `${tab}-${count}` : "");

document.addEventListener("focusin", (event) => {
  isTyping = isText(event.target);
  count += 1;
});

document.addEventListener(
  "input",
  () => {
    if (Date.now() - typed > PAUSE_MS) count += 1;
    typed = Date.now();
  },
  true,
);
