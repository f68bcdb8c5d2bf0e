// @ts-check
/**
 * The registry of the editor's actions. Key bindings, the keys shown in menus, the sheet of shortcuts and the command
 * palette all come from it.
 *
 *   action({ name: "duplicate", label: "Duplicate", group: "Elements", keys: ["Mod+D"], scope: ["tree", "canvas"],
 *            when: () => selected() !== pageKey(), run: () => gesture({ do: "duplicate", node: selected() }) });
 *   <button data-action="duplicate">Duplicate<sw-keys class="kbd push" data-of="duplicate"></sw-keys></button>
 *
 * `scope`: the regions of REGIONS in which its keys work, depending on the focus; without it they work anywhere. While
 * nothing is focused, as after Enter in a field, the canvas counts as focused. `run(at)` and `when(at)` get the
 * focused element; a `run` that returns false passes the key on. Without `run`, the region handles the key itself, and
 * it is only listed here; the keys of a `native` one are the browser's own, which come as another event, so that its
 * `run` is for menus and the command palette. Fields and code editors take precedence, unless it is `typing: true`; a
 * key without Mod and Alt that types a character is a single key, which can be switched off (WCAG 2.1.4). An action
 * that `changes` the app is not listed for people who may only look at it, who are told why if they invoke it.
 *
 * @typedef {{ name: string, label: string, group: string, keys?: string[], scope?: string[], icon?: string,
 *   typing?: boolean, native?: boolean, changes?: boolean, when?: (at: Element) => unknown,
 *   run?: (at: Element) => unknown }} Action
 */
import { chordOf, isSingle, RESERVED } from "lib/chords";
import { onlyLooks } from "lib/looks";
import { toast } from "lib/toast";

/** The regions a key can be limited to, as selectors. */
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

/** Register an action, replacing any of the same name. @param {Action} wanted */
export function action(wanted) {
  const taken = wanted.keys?.find((chord) => RESERVED.includes(chord));
  if (taken) throw new Error(`${wanted.name}: ${taken} belongs to the browser.`);
  all.set(wanted.name, wanted);
  document.dispatchEvent(new CustomEvent(ADDED, { detail: { name: wanted.name } }));
}

/** @returns {Action[]} those available to this person on this screen, by group, in order of registration */
export const actions = () => {
  const theirs = [...all.values()].filter((each) => !isRefused(each));
  const groups = [...new Set(theirs.map((each) => each.group))];
  return groups.flatMap((group) => theirs.filter((each) => each.group === group));
};

/** @param {string} name */
export const actionOf = (name) => all.get(name);

/** @param {() => void} listener called whenever one is registered */
export function onAction(listener) {
  document.addEventListener(ADDED, listener);
  return () => document.removeEventListener(ADDED, listener);
}

/** @param {Action | undefined} wanted @param {Element} [at] @returns {boolean} whether it can be done now */
export const isPossible = (wanted, at = focused()) => Boolean(wanted?.run && (!wanted.when || wanted.when(at)));

/** @param {Action | undefined} wanted */
const isRefused = (wanted) => Boolean(wanted?.changes && onlyLooks());

/** Run an action if it is possible. @param {string} name @param {Element} [at] @returns {boolean} whether it was */
export function run(name, at = focused()) {
  const wanted = all.get(name);
  if (!isPossible(wanted, at)) return false;
  if (isRefused(wanted)) {
    toast({ sentence: onlyLooks(), code: "only_looks", isShort: true });
    return true;
  }
  return wanted?.run?.(at) !== false;
}

/** Whether keys typed there enter text, so that no shortcut may take them. @param {EventTarget | null} target */
export const isText = (target) => target instanceof Element && Boolean(target.closest(TEXT));

/** Whether a key or clipboard event is not for shortcuts: it goes to text, a dropdown, a menu or a dialog.
 * @param {Event} event */
export const isTyping = (event) =>
  (isText(event.target) && !passesBy(event)) ||
  Boolean(/** @type {Element} */ (event.target).closest?.("dialog, [popover]"));

/** Whether a closed dropdown ignores the event: it handles letters and arrows, but no shortcuts and no clipboard
 * events.
 * @param {Event} event */
const passesBy = (event) =>
  event.target instanceof HTMLSelectElement &&
  !(event instanceof KeyboardEvent && !event.ctrlKey && !event.metaKey && event.key !== "Escape");

const focused = () => document.activeElement || document.body;

/** Whether its keys work where the focus is. @param {Action} wanted @param {Element} at */
function countsAt({ scope }, at) {
  if (document.querySelector("dialog:modal") && !scope?.includes("dialog")) return false;
  if (at === document.body && scope?.includes("canvas")) return true;
  return !scope || scope.some((name) => at.closest(REGIONS[/** @type {keyof typeof REGIONS} */ (name)]));
}

/** Whether nothing handles a key: nothing is focused, and no dialog or popover is open.
 * @param {KeyboardEvent} event */
export const isIdle = (event) =>
  event.target === document.body && !event.defaultPrevented && !document.querySelector("dialog:modal, :popover-open");

/** The actions bound to a key where the focus is. @param {KeyboardEvent} event @returns {Action[]} */
export function fittingTo(event) {
  const [at, chord, typing] = [/** @type {Element} */ (event.target), chordOf(event), isTyping(event)];
  if (isSingle(chord) && document.body.dataset.singleKeys === "off") return [];
  const fit = [...all.values()].filter(
    (each) => each.run && !each.native && each.keys?.includes(chord) && (!typing || each.typing) && countsAt(each, at),
  );
  // Actions of a region come before global ones.
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
