// @ts-check
/**
 * What is copied, with the ids and places that its copies will have.
 *
 *   duplicate(["el_stop01"]);
 *   gesture({ do: "copy", nodes, parent, index, ids: idsFor(nodes) });
 */
import { besides, newIds } from "design/copies";
import { placesIn } from "design/fixed";
import { gesture } from "design/gestures";
import { isFixed } from "design/ground";
import { lengthsAt } from "design/lengths";
import { allRows, keys, parentOf, rowOf } from "design/rows";

/** @param {string[]} nodes @returns {Record<string, string> | undefined} ids for them and for all that is inside */
export function idsFor(nodes) {
  const inside = new Set(nodes);
  // Rows follow their parents.
  for (const row of allRows()) if (inside.has(row.dataset.parent || "")) inside.add(row.dataset.node || "");
  return nodes.every(rowOf) ? newIds(keys(allRows()).filter((key) => inside.has(key))) : undefined;
}

/** @param {string[]} nodes */
export function duplicate(nodes) {
  const ids = idsFor(nodes);
  const homes = new Set(ids ? nodes.map(parentOf).filter(isFixed) : []);
  const places = [...homes].map((home) => {
    const all = placesIn(home);
    return besides(
      all,
      nodes.filter((key) => parentOf(key) === home && all[key]),
      ids || {},
    );
  });
  return gesture({ do: "duplicate", nodes, ids }, lengthsAt(Object.assign({}, ...places)));
}
