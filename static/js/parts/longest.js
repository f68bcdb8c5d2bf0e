// @ts-check
/**
 * A text that is longer than its field takes is cut by the browser without a word: this says so.
 *
 *   <input name="name" maxlength="80">
 */
import { toast } from "lib/toast";

document.addEventListener("paste", (event) => {
  const field = event.target;
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) || field.maxLength < 0) return;
  const pasted = event.clipboardData?.getData("text") || "";
  const selected = (field.selectionEnd ?? 0) - (field.selectionStart ?? 0);
  if (field.value.length - selected + pasted.length <= field.maxLength) return;
  toast(
    `Only ${field.maxLength.toLocaleString("en")} characters have room here. The end of what you pasted was left out.`,
  );
});
