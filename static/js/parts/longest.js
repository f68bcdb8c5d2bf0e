// @ts-check
/**
 * Browsers silently truncate pasted text that is too long for its field; this tells the user.
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
  toast(`Only ${field.maxLength.toLocaleString("en")} characters fit here. The end of what you pasted was left out.`);
});
