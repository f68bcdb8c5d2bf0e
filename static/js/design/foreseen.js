// @ts-check
/**
 * Predicts how a gesture changes the order of a page, just as the server does it (builder/gestures). Pure: takes an
 * order and returns an order; null if there is no prediction and the server's response must be awaited.
 *
 *   foreseen(order, { do: "move", nodes: ["el_k3x9q2"], way: "up" })
 *   // { order, select: "el_k3x9q2", selection: ["el_k3x9q2"] }
 *
 * @typedef {Map<string, string[]>} Order all containers, the page first, with their children
 * @typedef {Record<string, { x: number, y: number }>} Places in fixed groups, by element
 * @typedef {{ do: string, node?: string, nodes?: string[], parent?: string, index?: number, way?: string,
 *   places?: Places, ids?: Record<string, string> }} Said `ids`: those of copies, by what they copy
 * @typedef {{ order: Order, select: string, selection: string[], places?: Places }} Foreseen
 */

/** @param {Order} order @param {string} [key] @returns {string[]} it and its descendants, in reading order */
export const walk = (order, key = rootOf(order)) => [
  key,
  ...(order.get(key) || []).flatMap((child) => walk(order, child)),
];

/** @param {Order} order @returns {string} the page */
export const rootOf = (order) => order.keys().next().value || "";

/** @param {Order} order @returns {Map<string, string>} the parent of each element; none for the page */
export const homesIn = (order) =>
  new Map([...order].flatMap(([key, children]) => children.map((child) => /** @type {const} */ ([child, key]))));

/** @param {Order} order @param {any} said as sent to the server @returns {Foreseen | null} */
export function foreseen(order, said) {
  const { do: verb, places, node, parent, index, way, ids, ...more } = /** @type {Said} */ (said);
  const nodes = verb === "place" ? Object.keys(places || {}) : more.nodes || [node];
  const homes = homesIn(order);
  const going = /** @type {string[]} */ (nodes);
  if (!going.length || !going.every((key) => homes.has(key))) return null;
  const moving = tops(order, homes, new Set(going));
  if (verb === "delete") return without(order, homes, moving);
  if (verb === "copy" || verb === "duplicate") return ids ? copied(order, homes, moving, said) : null;
  const selects = { select: going[going.length - 1], selection: moving, places };
  if (verb === "place") return { order, ...selects };
  const place = way ? stepped(order, homes, moving, way) : { parent, index };
  const next = verb === "move" && place ? placed(order, moving, place.parent || "", place.index || 0) : null;
  return next && { order: next, ...selects };
}

/**
 * The outermost of the chosen elements, in reading order.
 * @param {Order} order @param {Map<string, string>} homes @param {Set<string>} chosen
 */
function tops(order, homes, chosen) {
  /** @type {(key: string | undefined) => boolean} */
  const isIn = (key) => key !== undefined && (chosen.has(key) || isIn(homes.get(key)));
  return walk(order).filter((key) => chosen.has(key) && !isIn(homes.get(key)));
}

/** @param {Order} order @param {string[]} keys @returns {Order} the order without them */
function taken(order, keys) {
  const are = new Set(keys);
  const has = (/** @type {string[]} */ children) => children.some((child) => are.has(child));
  return new Map(
    [...order].map(([key, children]) => [key, has(children) ? children.filter((child) => !are.has(child)) : children]),
  );
}

/**
 * @param {Order} order @param {string[]} moving @param {string} parent
 * @param {number} index counted without those that move
 */
function placed(order, moving, parent, index) {
  if (!order.has(parent) || moving.some((key) => walk(order, key).includes(parent))) return null;
  const next = taken(order, moving);
  const others = next.get(parent) || [];
  const at = Math.max(0, Math.min(index, others.length));
  return next.set(parent, [...others.slice(0, at), ...moving, ...others.slice(at)]);
}

/**
 * The order with copies: all at an index of a container, or each after what it copies.
 * @param {Order} order @param {Map<string, string>} homes @param {string[]} copied @param {any} said
 * @returns {Foreseen | null}
 */
function copied(order, homes, copied, { ids, places = {}, parent = "", index = 0 }) {
  const [next, made] = [new Map(order), copied.map((key) => ids[key])];
  if (!made.every(Boolean) || (parent && !order.has(parent))) return null;
  for (const key of copied.flatMap((each) => walk(order, each)))
    if (order.has(key)) next.set(ids[key], (order.get(key) || []).map((child) => ids[child]).filter(Boolean));
  const put = (/** @type {string} */ into, /** @type {number} */ at, /** @type {string[]} */ keys) =>
    next.set(into, (next.get(into) || []).toSpliced(at, 0, ...keys));
  if (parent) put(parent, index, made);
  for (const key of parent ? [] : copied) {
    const home = homes.get(key) || "";
    put(home, (next.get(home) || []).indexOf(key) + 1, [ids[key]]);
  }
  const there = Object.fromEntries(Object.entries(places).map(([key, place]) => [ids[key], place]));
  return { order: next, select: made[made.length - 1], selection: made, places: there };
}

/**
 * The place one step away: up or down among siblings, into the container before it, or out of its parent.
 * @param {Order} order @param {Map<string, string>} homes @param {string[]} moving @param {string} way
 */
function stepped(order, homes, moving, way) {
  const parent = homes.get(moving[0]) || "";
  if (moving.some((key) => homes.get(key) !== parent)) return null;
  const siblings = order.get(parent) || [];
  const others = siblings.filter((key) => !moving.includes(key));
  const before = (/** @type {string} */ key) => others.filter((each) => siblings.indexOf(each) < siblings.indexOf(key));
  const first = before(moving[0]).length;
  const around = homes.get(parent);
  if (way === "out") return around ? { parent: around, index: (order.get(around) || []).indexOf(parent) + 1 } : null;
  const into = others[first - 1];
  if (way === "in") return order.has(into) ? { parent: into, index: (order.get(into) || []).length } : null;
  const index = way === "up" ? first - 1 : before(moving[moving.length - 1]).length + 1;
  return index < 0 || index > others.length ? null : { parent, index };
}

/**
 * The order without deleted elements; the sibling next to the last one is selected, or its parent.
 * @param {Order} order @param {Map<string, string>} homes @param {string[]} going
 */
function without(order, homes, going) {
  const last = going[going.length - 1];
  const parent = homes.get(last) || "";
  const next = taken(order, going);
  const near = next.get(parent) || [];
  const select = near[Math.min((order.get(parent) || []).indexOf(last), near.length - 1)] || parent;
  for (const key of going.flatMap((each) => walk(order, each))) next.delete(key);
  return { order: next, select, selection: [select] };
}
