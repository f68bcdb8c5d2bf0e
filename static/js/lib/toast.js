// @ts-check
/**
 * Messages at the lower right, and words for screen readers.
 *
 *   import { toast, speak } from "lib/toast";
 *   toast("Published version 12.");
 *   toast(failure);                       // a Failure of lib/http: stays until closed
 *   speak("Button is now in Answer actions, after Stop");
 */

/** @param {string | { sentence: string, why?: string, todo?: string }} what */
export function toast(what) {
  const said = typeof what === "string" ? { sentence: what, why: "", todo: "" } : what;
  const element = document.createElement("sw-toast");
  element.className = "toast";
  element.setAttribute("role", typeof what === "string" ? "status" : "alert");
  element.toggleAttribute("data-stays", typeof what !== "string");
  for (const [index, text] of [said.sentence, said.why, said.todo].entries()) {
    if (!text) continue;
    const line = document.createElement(index ? "p" : "b");
    line.textContent = text;
    element.append(line);
  }
  document.getElementById("toasts")?.append(element);
  return element;
}

/** @param {string} sentence said once, politely, by screen readers */
export function speak(sentence) {
  const region = document.getElementById("spoken");
  if (!region) return;
  region.textContent = "";
  requestAnimationFrame(() => (region.textContent = sentence));
}
