// @ts-check
/**
 * Focus the element that the server names, unless the user has moved elsewhere, with the pointer or Tab, since the
 * request was sent.
 *
 *   onFocusWanted((element, detail) => element.focus());
 */

/** The element that was focused when the last request was sent. @type {Element | null} */
let left = null;
let moved = false;

document.addEventListener("htmx:beforeRequest", (event) => {
  if ("X-Again" in event.detail.requestConfig.headers) return;
  left = document.activeElement;
  moved = false;
});

const goes = (/** @type {Event} */ event) => {
  if (event.isTrusted && (!(event instanceof KeyboardEvent) || event.key === "Tab")) moved = true;
};
for (const name of ["pointerdown", "keydown"]) document.addEventListener(name, goes, true);

const elsewhere = () => moved && document.activeElement !== left && document.activeElement !== document.body;

/** @param {(element: HTMLElement, detail: { on: string, empties?: boolean }) => void} give */
export function onFocusWanted(give) {
  document.addEventListener("sw-focus", (event) => {
    const wanted = document.getElementById(event.detail.on);
    if (wanted && !elsewhere()) give(wanted, event.detail);
  });
}
