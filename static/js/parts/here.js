// @ts-check
/**
 * Who else has this app open, and where: an avatar for each person, live.
 *
 *   <sw-here class="here" role="group" aria-label="Also here" hidden></sw-here>
 */
import { inkOf } from "lib/company";

const SHOWN = 3;

/** @import { Present } from "builder/consumers" */

class Here extends HTMLElement {
  connectedCallback() {
    document.addEventListener("sw-here", this.#heard);
  }

  disconnectedCallback() {
    document.removeEventListener("sw-here", this.#heard);
  }

  #shown = "";
  #heard = (/** @type {CustomEvent<Present[]>} */ event) => {
    const byPerson = Map.groupBy(event.detail, (each) => each.person);
    const faces = [...byPerson.values()].map((tabs) => ({
      initials: tabs[0].initials,
      ink: inkOf(tabs[0]),
      words: `${tabs[0].name}: ${[...new Set(tabs.map(placeOf))].join("; ")}`,
    }));
    const [shown, rest] = [faces.slice(0, SHOWN), faces.slice(SHOWN)];
    if (rest.length)
      shown.push({ ink: "", initials: `+${rest.length}`, words: rest.map((each) => each.words).join(", ") });
    // They also say what they select, which is of no concern here.
    const next = JSON.stringify(shown);
    if (next === this.#shown) return;
    this.#shown = next;
    this.replaceChildren(...shown.map(faceOf));
    this.hidden = !shown.length;
  };
}

/** @param {{ initials: string, words: string, ink?: string }} one */
function faceOf({ initials, words, ink }) {
  const face = document.createElement("span");
  face.className = "avatar";
  face.role = "img";
  face.ariaLabel = face.title = words;
  face.textContent = initials;
  if (ink) face.dataset.ink = ink;
  return face;
}

/** Where a tab is, in the words of the top bar: Design, page chat. @param {Present} one */
function placeOf({ tab, page }) {
  const names = new Map(
    [...document.querySelectorAll(".topbar > .nav > a")].map((link) => [
      link.getAttribute("data-tab"),
      link.textContent,
    ]),
  );
  const link = document.querySelector(`[role=menu][aria-label="Pages"] a[href*="/${CSS.escape(page)}/"]`);
  const at = names.get(tab) || "the editor";
  return link && tab === "design" ? `${at}, page ${link.textContent?.trim()}` : at;
}

customElements.define("sw-here", Here);
