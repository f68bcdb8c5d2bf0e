// @ts-check
/**
 * Minimal DOM updates: elements are changed only where they differ, so that ten snapshots a second are cheap and keep
 * selection and scroll position.
 *
 *   const rows = fill(list, steps, () => make("li", "steps-row"));   // as many children as there are steps
 *   say(rows[0], "done");
 */

const SVG = "http://www.w3.org/2000/svg";

/** @param {string} tag @param {string} [className] @param {...(Element | string)} inside */
export function make(tag, className = "", ...inside) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...inside);
  return element;
}

/**
 * A symbol of the sprite; "dashed" is the empty circle for what has not started.
 * @param {string} sprite @param {string} name @param {string} className
 */
export function icon(sprite, name, className) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", `icon ${className}`);
  svg.setAttribute("aria-hidden", "true");
  if (name === "dashed") {
    svg.setAttribute("viewBox", "0 0 16 16");
    const circle = document.createElementNS(SVG, "circle");
    for (const [key, value] of Object.entries({ cx: 8, cy: 8, r: 6, class: "dashed" }))
      circle.setAttribute(key, String(value));
    svg.append(circle);
  } else {
    const use = document.createElementNS(SVG, "use");
    use.setAttribute("href", `${sprite}#i-${name}`);
    svg.append(use);
  }
  return svg;
}

/**
 * Give a parent as many children as there are items; existing ones stay.
 * @template T @param {Element} parent @param {T[]} items @param {(item: T) => Element} one @returns {HTMLElement[]}
 */
export function fill(parent, items, one) {
  while (parent.children.length > items.length) parent.lastElementChild?.remove();
  for (const item of items.slice(parent.children.length)) parent.append(one(item));
  return /** @type {HTMLElement[]} */ ([...parent.children]);
}

/** @param {Element} element @param {string} text */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** @param {Element} element @param {string} className */
export function dress(element, className) {
  if (element.getAttribute("class") !== className) element.setAttribute("class", className);
}

/** @param {number | null | undefined} value seconds, formatted with two decimals; a dash if it has not happened */
export function seconds(value) {
  return value === null || value === undefined ? "–" : `${value.toFixed(2)} s`;
}

/** @param {number} size in bytes, formatted as 247 B, 48.6 KB, 3.1 MB */
export function amount(size) {
  if (size < 1000) return `${size} B`;
  return size < 1000 * 1024 ? `${(size / 1024).toFixed(1)} KB` : `${(size / 2 ** 20).toFixed(1)} MB`;
}
