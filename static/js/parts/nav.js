// @ts-check
/**
 * The top bar: if its tabs do not fit, the open one is scrolled into view; also the actions Preview and Publish.
 *
 *   <nav class="nav"><a href="…">Design</a><a href="…" aria-current="page">Logs</a></nav>
 */
import { action } from "lib/actions";

const nav = /** @type {HTMLElement | null} */ (document.querySelector(".topbar > .nav"));
const here = /** @type {HTMLElement | null | undefined} */ (nav?.querySelector("[aria-current]"));
if (nav && here) nav.scrollLeft = here.offsetLeft - nav.offsetLeft + here.offsetWidth / 2 - nav.clientWidth / 2;

for (const [name, label, icon, id, ...keys] of [
  ["preview", "Preview", "play", "preview-link", "Alt+P"],
  ["publish", "Publish", "globe", "publish-button"],
]) {
  const button = () => document.getElementById(id);
  action({ name, label, icon, keys, group: "Anywhere", typing: true, when: button, run: () => button()?.click() });
}
