// @ts-check
/**
 * Everything that can be done in the editor, in one list: keys, the words of keys in menus, the sheet of shortcuts and
 * the command palette come from it.
 *
 *   action({ name: "duplicate", label: "Duplicate", group: "Elements", keys: ["Mod+D"], scope: ["tree", "canvas"],
 *            when: () => selected() !== pageKey(), run: () => gesture({ do: "duplicate", node: selected() }) });
 *   <button data-action="duplicate">Duplicate<sw-keys class="kbd push" data-of="duplicate"></sw-keys></button>
 *
 * `scope`: the regions of REGIONS in which its keys count, by the focus; none: anywhere. `run(at)` and `when(at)` get
 * the element that has the focus; a `run` that gives false leaves the key to others. Without `run` it is a key that its
 * region looks after itself, and only told of. Fields and code editors win, unless it is `typing: true`; a key without
 * Mod and Alt that writes a character is a single key, which a person can switch off (WCAG 2.1.4). What `changes` the
 * app is not listed for who may only look at it, and is told why when it is asked for.
 *
 * @typedef {{ name: string, label: string, group: string, keys?: string[], scope?: string[], icon?: string,
 *   typing?: boolean, listed?: boolean, changes?: boolean, when?: (at: Element) => unknown,
 *   run?: (at: Element) => unknown }} Action
 */
import { chordOf, isSingle, RESERVED } from "lib/chords";
import { onlyLooks } from "lib/looks";
import { toast } from "lib/toast";

/** Where a key can count. */
export const REGIONS = {
  tree: "sw-tree",
  canvas: "sw-canvas .artboard",
  palette: "sw-palette",
  panel: "#right",
  workflow: "sw-flow",
  calls: "sw-calls",
  frames: "sw-frames",
  composer: "sw-composer",
  dialog: "dialog",
};
const TEXT =
  "input:not([type=checkbox], [type=radio], [type=range], [type=button]), textarea, select, [contenteditable]";
const ADDED = "sw-action";

/** @type {Map<string, Action>} */
const all = new Map();

/** Add one; one of the same name gives way to it. @param {Action} wanted */
export function action(wanted) {
  const taken = wanted.keys?.find((chord) => RESERVED.includes(chord));
  if (taken) throw new Error(`${wanted.name}: ${taken} belongs to the browser.`);
  all.set(wanted.name, wanted);
  document.dispatchEvent(new CustomEvent(ADDED, { detail: { name: wanted.name } }));
}

/** @returns {Action[]} all that somebody has on this screen, group by group, in the order they came */
export const actions = () => {
  const theirs = [...all.values()].filter((each) => !isRefused(each));
  const groups = [...new Set(theirs.map((each) => each.group))];
  return groups.flatMap((group) => theirs.filter((each) => each.group === group));
};

/** @param {string} name */
export const actionOf = (name) => all.get(name);

/** @param {() => void} listener called when there is a new one */
export function onAction(listener) {
  document.addEventListener(ADDED, listener);
  return () => document.removeEventListener(ADDED, listener);
}

/** @param {Action | undefined} wanted @param {Element} [at] @returns {boolean} whether it can be done now */
export const isPossible = (wanted, at = focused()) => Boolean(wanted?.run && (!wanted.when || wanted.when(at)));

/** @param {Action | undefined} wanted */
const isRefused = (wanted) => Boolean(wanted?.changes && onlyLooks());

/** Do it, if it can be done. @param {string} name @param {Element} [at] @returns {boolean} whether it was */
export function run(name, at = focused()) {
  const wanted = all.get(name);
  if (!isPossible(wanted, at)) return false;
  if (isRefused(wanted)) {
    toast({ sentence: onlyLooks() });
    return true;
  }
  return wanted?.run?.(at) !== false;
}

/** Whether keys go into text, so that none of ours may take them. @param {EventTarget | null} target */
export const isText = (target) => target instanceof Element && Boolean(target.closest(TEXT));

/** Whether a key or a clipboard event is none of ours: it goes into text, a menu or a dialog. @param {Event} event */
export const isTyping = (event) =>
  isText(event.target) || Boolean(/** @type {Element} */ (event.target).closest?.("dialog, [popover]"));

const focused = () => document.activeElement || document.body;

/** Whether its keys count where the focus is. @param {Action} wanted @param {Element} at */
function countsAt({ scope }, at) {
  if (document.querySelector("dialog:modal") && !scope?.includes("dialog")) return false;
  return !scope || scope.some((name) => at.closest(REGIONS[/** @type {keyof typeof REGIONS} */ (name)]));
}

/** The actions that a key asks for, where the focus is. @param {KeyboardEvent} event @returns {Action[]} */
export function fittingTo(event) {
  const [at, chord, typing] = [/** @type {Element} */ (event.target), chordOf(event), isTyping(event)];
  if (isSingle(chord) && document.body.dataset.singleKeys === "off") return [];
  const fit = [...all.values()].filter(
    (each) => each.run && each.keys?.includes(chord) && (!typing || each.typing) && countsAt(each, at),
  );
  // What counts in one region alone comes before what counts anywhere.
  return fit.sort((one, other) => Number(!one.scope) - Number(!other.scope));
}

document.addEventListener("keydown", (event) => {
  const at = event.target;
  if (event.defaultPrevented || event.isComposing || !(at instanceof Element)) return;
  if (fittingTo(event).some((each) => run(each.name, at))) event.preventDefault();
});

document.addEventListener("click", (event) => {
  const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest?.("[data-action]"));
  if (button) run(button.dataset.action || "", button);
});
