// @ts-check
/**
 * Who else has this app open, and where: an avatar for each person, live.
 *
 *   <sw-here class="here" role="group" aria-label="Also here" hidden></sw-here>
 */
const SHOWN = 3;

/** @import { Present } from "builder/consumers" */

class Here extends HTMLElement {
  connectedCallback() {
    document.addEventListener("sw-here", this.#heard);
  }

  disconnectedCallback() {
    document.removeEventListener("sw-here", this.#heard);
  }

  #heard = (/** @type {CustomEvent<Present[]>} */ event) => {
    const byPerson = Map.groupBy(event.detail, (each) => each.person);
    const faces = [...byPerson.values()].map((tabs) => ({
      initials: tabs[0].initials,
      words: `${tabs[0].name}: ${[...new Set(tabs.map(placeOf))].join("; ")}`,
    }));
    const [shown, rest] = [faces.slice(0, SHOWN), faces.slice(SHOWN)];
    if (rest.length) shown.push({ initials: `+${rest.length}`, words: rest.map((each) => each.words).join(", ") });
    this.replaceChildren(...shown.map(faceOf));
    this.hidden = !shown.length;
  };
}

/** @param {{ initials: string, words: string }} one */
function faceOf({ initials, words }) {
  const face = document.createElement("span");
  face.className = "avatar";
  face.role = "img";
  face.ariaLabel = face.title = words;
  face.textContent = initials;
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
