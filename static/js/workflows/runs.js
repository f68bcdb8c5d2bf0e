// @ts-check
/**
 * The strip of runs polls for started and finished runs while the tab is visible: every 5 s, and on returning to it.
 *
 *   <sw-runs data-url="/apps/juniper/workflows/wf_a/runs/" data-shown="ru_x7k2p9:done">…</sw-runs>
 */
const EVERY = 5000;

class Runs extends HTMLElement {
  connectedCallback() {
    this.#signal = new AbortController();
    const { signal } = this.#signal;
    this.#timer = setInterval(this.#look, EVERY);
    window.addEventListener("focus", this.#look, { signal });
    document.addEventListener("visibilitychange", this.#look, { signal });
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
    this.#signal.abort();
  }

  #timer = 0;
  /** @type {AbortController} */
  #signal = new AbortController();

  #look = () => {
    const { url, shown = "" } = this.dataset;
    if (!url || document.visibilityState !== "visible") return;
    htmx.ajax("GET", `${url}?shown=${encodeURIComponent(shown)}`, { swap: "none", source: this });
  };
}

customElements.define("sw-runs", Runs);
