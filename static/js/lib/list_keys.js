// @ts-check
/**
 * Where a key leads in a list, a menu or a list box: the neighbour, either end, or what begins with the typed letter.
 *
 *   const to = indexFor(event.key, at, items.length) ?? indexByLetter(event, at, items);   // undefined for other keys
 *   if (to !== undefined) items[to]?.focus();
 */

/**
 * The index that an arrow key, Home or End leads to; undefined for other keys.
 * @param {string} key @param {number} at the current index, -1 for none @param {number} count of all items
 * @param {boolean} [wraps] whether the first item follows the last
 * @returns {number | undefined}
 */
export function indexFor(key, at, count, wraps = false) {
  const last = count - 1;
  const next = at < last ? at + 1 : wraps ? 0 : last;
  const previous = at > 0 ? at - 1 : wraps ? last : 0;
  return { ArrowDown: next, ArrowUp: previous, Home: 0, End: last }[key];
}

/**
 * The index of the next item, after the current one and around, whose text begins with the typed letter.
 * @param {KeyboardEvent} event @param {number} at @param {Element[]} items @returns {number | undefined}
 */
export function indexByLetter({ key, ctrlKey, metaKey, altKey }, at, items) {
  if (key.length !== 1 || key === " " || ctrlKey || metaKey || altKey) return undefined;
  const order = items.map((_, index) => (at + 1 + index) % items.length);
  return order.find((index) => items[index].textContent?.trim().toLowerCase().startsWith(key.toLowerCase()));
}
