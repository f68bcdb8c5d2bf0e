// @ts-check
/**
 * Messages at the lower right, and announcements for screen readers.
 *
 *   import { toast, speak } from "lib/toast";
 *   toast("Published version 12.");
 *   toast(failure);                       // a Failure of lib/http: stays until closed
 *   toast({ sentence, todo, code: "node_gone", isFull: true });   // instead of the short message about the same
 *   speak("Button is now in Answer actions, after Stop");
 */

const SAME_MS = 5000; // within which an error of the same code is the same one

/**
 * @param {string | { sentence: string, why?: string, todo?: string, code?: string, isFull?: boolean,
 *   isShort?: boolean }} what a sentence for a success, or an error; a repeated error takes the place of the one before
 *   it, unless that one is the full story or this one only a short form of it
 */
export function toast(what) {
  const isError = typeof what !== "string";
  if (isError && isToldInFull(what)) return;
  const template = /** @type {HTMLTemplateElement | null} */ (
    document.getElementById(isError ? "toast-error" : "toast-ok")
  );
  const element = template?.content.cloneNode(true);
  if (!(element instanceof DocumentFragment)) return;
  const said = isError ? [what.sentence, what.why, what.todo] : [what];
  for (const [index, line] of [...element.querySelectorAll("p")].entries()) line.textContent = said[index] || "";
  const [message] = /** @type {any} */ (element.children);
  if (isError && what.code)
    Object.assign(message.dataset, { code: what.code, at: performance.now(), full: what.isFull || "" });
  document.getElementById("toasts")?.append(element);
}

/** Remove a message about the same error. @param {{ sentence: string, code?: string, isFull?: boolean,
 * isShort?: boolean }} what
 * @returns {boolean} whether that one says more */
function isToldInFull({ sentence, code, isFull, isShort }) {
  /** @type {HTMLElement | null | undefined} */
  const shown = code ? document.getElementById("toasts")?.querySelector(`[data-code="${code}"]`) : null;
  if (!shown || performance.now() - Number(shown.dataset.at) > SAME_MS) return false;
  if (isShort || (shown.dataset.full && !isFull)) return true;
  if (isFull || shown.querySelector("p")?.textContent === sentence) shown.remove();
  return false;
}

/** @param {string} html a message rendered by the server */
export function put(html) {
  document.getElementById("toasts")?.insertAdjacentHTML("beforeend", html);
}

/** @param {string} sentence announced once, politely */
export function speak(sentence) {
  const region = document.getElementById("spoken");
  if (!region) return;
  region.textContent = "";
  requestAnimationFrame(() => (region.textContent = sentence));
}
