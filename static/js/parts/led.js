// @ts-check
/**
 * Where an issue has led to one of the parts of a page, that has the focus: the field itself, or the first one in it.
 *
 *   <div id="field-sp_k3x9q2-value" data-part>…</div>       // …/workflows/?step=sp_k3x9q2#field-sp_k3x9q2-value
 */
const FIELDS = "input:not([type=hidden]), select, textarea, .words[contenteditable], button";

function lead() {
  const part = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!part || !("part" in part.dataset)) return;
  const field = part.matches(FIELDS) ? part : /** @type {HTMLElement | null} */ (part.querySelector(FIELDS));
  part.scrollIntoView({ block: "nearest" });
  field?.focus({ preventScroll: true });
}

addEventListener("hashchange", lead);
lead();
