// @ts-check
/**
 * The page's own style sheet on the canvas: its theme, lengths and colours. After a change the new one is applied
 * immediately, in place of the one loaded with the page, so that nothing flashes.
 *
 *   import "design/look";     // responses have `look`, the text of the sheet
 */

/** @type {WeakMap<Document, CSSStyleSheet>} the sheet of each page in the frame */
const worn = new WeakMap();

document.addEventListener("sw-drawn", (event) => {
  const frame = /** @type {HTMLIFrameElement | null} */ (document.querySelector("#canvas iframe"));
  const page = frame?.contentDocument;
  if (page) wear(page, event.detail.look);
});

/** @param {Document} page @param {string} text */
function wear(page, text) {
  let sheet = worn.get(page);
  if (!sheet) {
    // A sheet can be used only in the document it was created in.
    sheet = new /** @type {Window & typeof globalThis} */ (page.defaultView).CSSStyleSheet();
    worn.set(page, sheet);
    page.adoptedStyleSheets = [...page.adoptedStyleSheets, sheet];
  }
  sheet.replaceSync(text);
  page.querySelector("link[data-look]")?.remove();
}
