// @ts-check
/**
 * Arrow keys on the canvas move what is selected in a fixed group: by 1 px, with Shift by 10. A burst of presses is one
 * step to undo; Esc cancels what is not saved yet.
 */
import { action } from "lib/actions";
import { speak } from "lib/toast";
import { boxOf, carry, fieldOf, homeOf, letGo, pickUp } from "design/fixed";
import { around, meeting, nudged } from "design/fixed_drop";
import { gesture } from "design/gestures";
import { boxesIn, onPage } from "design/ground";
import { hideGuides, showGuides, showSizeAt } from "design/guides";
import { scope } from "design/scope";
import { moved, onSelect, selected } from "design/selection";

/** @typedef {import("design/fixed").Places} Places */
const STEPS = [
  { px: 1, shift: "" },
  { px: 10, shift: "Shift+" },
];
const PAUSE_MS = 400;
const ARROWS = [
  { key: "ArrowLeft", way: "left", x: -1, y: 0 },
  { key: "ArrowRight", way: "right", x: 1, y: 0 },
  { key: "ArrowUp", way: "up", x: 0, y: -1 },
  { key: "ArrowDown", way: "down", x: 0, y: 1 },
];
const GOES_ON = [...ARROWS.map(({ key }) => key), "Shift", "Control", "Meta", "Alt"];

/** What is not saved yet. @type {{ taken: Places, places: Places, at: string, timer: number } | null} */
let now = null;

/** End the burst, so that it is not saved automatically. */
function ended() {
  const was = now;
  clearTimeout(was?.timer);
  now = null;
  if (was) letGo(was.taken);
  if (was) hideGuides();
  return was;
}

function settle() {
  const was = ended();
  if (was) gesture({ do: "place", places: was.places, ...(was.at ? { at: was.at } : {}) });
}

/** @param {number} x px @param {number} y px @returns {false | void} false if nothing can be moved */
function step(x, y) {
  const keys = moved();
  const taken = now?.taken || pickUp(keys);
  if (!Object.keys(taken).length) return false;
  clearTimeout(now?.timer);
  const isRtl = fieldOf(homeOf(keys))?.isRtl;
  const places = nudged(now?.places || taken, { x: isRtl ? -x : x, y });
  now = { taken, places, at: scope(), timer: setTimeout(settle, PAUSE_MS) };
  carry(taken, places);
  const [spot, box] = [places[selected()], boxOf(selected())];
  if (!spot || !box) return;
  showMet(keys);
  showSizeAt(`${spot.x}, ${spot.y}`, box);
  speak(`x ${spot.x}, y ${spot.y}`);
}

/** Show what they are aligned with now, and which distances are equal. @param {string[]} keys */
function showMet(keys) {
  const [home, known] = [homeOf(keys), keys.map(boxOf).filter((box) => box !== null)];
  const [field, own] = [fieldOf(home), around(known)];
  if (!field) return;
  const { met, gaps } = meeting({ own, field, beside: boxesIn(home, keys) });
  showGuides(own, met, [], gaps);
}

/** @param {KeyboardEvent} event */
function pressed(event) {
  if (!now || GOES_ON.includes(event.key)) return;
  if (event.key !== "Escape") return settle();
  event.preventDefault();
  event.stopPropagation();
  ended();
}

// Whatever else is done comes after it.
addEventListener("keydown", pressed, { capture: true });
for (const name of ["pointerdown", "pagehide"]) addEventListener(name, settle, { capture: true });
onPage((page) => page.addEventListener("pointerdown", settle, { capture: true }));
onSelect((_, __, all) => String(all) !== String(Object.keys(now?.places || {})) && settle());

for (const { px, shift } of STEPS)
  for (const { key, way, x, y } of ARROWS)
    action({
      name: `nudge-${way}-${px}`,
      label: `Move ${way} by ${px} px`,
      group: "In a fixed group",
      icon: "drag",
      changes: true,
      scope: ["canvas"],
      keys: [`${shift}${key}`],
      when: () => homeOf(moved()),
      run: () => step(x * px, y * px),
    });
