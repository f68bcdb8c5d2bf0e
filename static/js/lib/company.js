// @ts-check
/**
 * Who else has this app open, as announced by `sw-here` (parts/news), and the colour each of them has for everybody.
 *
 *   import { inkOf, others } from "lib/company";
 *   face.dataset.ink = inkOf(others()[0]);
 */
/** @import { Present } from "builder/consumers" */

const INKS = 5; // as many as static/css/components/person.css has

/** @type {Present[]} */
let here = [];

document.addEventListener("sw-here", (event) => (here = event.detail));

/** @returns {Present[]} one for each of their tabs */
export const others = () => here;

/** @param {{ person: number }} one @returns {string} */
export const inkOf = ({ person }) => String(person % INKS);
