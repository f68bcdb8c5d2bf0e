// @ts-check
/**
 * Focuses the part of the page that an issue links to: the field itself, or the first one in it.
 *
 *   <div id="field-sp_k3x9q2-value" data-part>…</div>      // …/workflows/?step=sp_k3x9q2&focus=field-sp_k3x9q2-value
 *
 * This is not a URL fragment, because after the page has loaded the browser would take the focus away from a field in
 * it.
 */
const FIELDS = "input:not([type=hidden]), select, textarea, .words[contenteditable], button";

const url = new URL(location.href);
const part = document.getElementById(url.searchParams.get("focus") || "");
if (part && "part" in part.dataset) {
  url.searchParams.delete("focus");
  history.replaceState(history.state, "", url);
  part.scrollIntoView({ block: "nearest" });
  const field = part.matches(FIELDS) ? part : /** @type {HTMLElement | null} */ (part.querySelector(FIELDS));
  field?.focus({ preventScroll: true });
}
