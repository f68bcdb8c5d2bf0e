// @ts-check
/**
 * Where the tabs of the top bar do not fit beside each other, the one that is open is in view.
 *
 *   <nav class="nav"><a href="…">Design</a><a href="…" aria-current="page">Logs</a></nav>
 */
const nav = document.querySelector(".topbar > .nav");
const here = /** @type {HTMLElement | null | undefined} */ (nav?.querySelector("[aria-current]"));
if (nav && here) nav.scrollLeft = here.offsetLeft + here.offsetWidth / 2 - nav.clientWidth / 2;
