// @ts-check
/**
 * The word that says whether everything is on the server, with what to do in its title. Follows the event `sw-saving`.
 *
 *   <sw-saved data-state="saved"><svg…/><span>Saved</span></sw-saved>
 */
const WORDS = { saving: "Saving", saved: "Saved", offline: "Offline", failed: "Not saved" };
const TITLES = {
  saving: "",
  saved: "Everything is on the server.",
  offline: "The server cannot be reached. What you do is kept in this tab and sent when it is back.",
  failed: "The last change was not saved.",
};

class Saved extends HTMLElement {
  connectedCallback() {
    document.addEventListener("sw-saving", this.#heard);
  }

  disconnectedCallback() {
    document.removeEventListener("sw-saving", this.#heard);
  }

  #heard = (/** @type {DocumentEventMap["sw-saving"]} */ event) => {
    const { state, sentence, todo } = event.detail;
    const word = this.querySelector("span");
    this.title = [TITLES[state], sentence, todo].filter(Boolean).join(" ");
    if (!word || this.dataset.state === state) return;
    this.dataset.state = state;
    word.textContent = WORDS[state];
  };
}

customElements.define("sw-saved", Saved);
