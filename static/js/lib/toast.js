// @ts-check
/**
 * Messages at the lower right, and announcements for screen readers.
 *
 *   import { toast, speak } from "lib/toast";
 *   toast("Published version 12.");
 *   toast(failure);                       // a Failure of lib/http: stays until closed
 *   speak("Button is now in Answer actions, after Stop");
 */

/** @param {string | { sentence: string, why?: string, todo?: string }} what a sentence for a success, or an error */
export function toast(what) {
  const isError = typeof what !== "string";
  const template = /** @type {HTMLTemplateElement | null} */ (
    document.getElementById(isError ? "toast-error" : "toast-ok")
  );
  const element = template?.content.cloneNode(true);
  if (!(element instanceof DocumentFragment)) return;
  const said = isError ? [what.sentence, what.why, what.todo] : [what];
  for (const [index, line] of [...element.querySelectorAll("p")].entries()) line.textContent = said[index] || "";
  document.getElementById("toasts")?.append(element);
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
