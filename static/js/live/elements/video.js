// @ts-check
/**
 * <sw-video>: gives its film the captions, and lets it play by itself where nobody minds.
 *
 *     <sw-video data-captions="/files/fl_1/fig.vtt" data-plays="yes">
 *       <video src="…" controls><track default></video></sw-video>
 */

const CALM = matchMedia("(prefers-reduced-motion: reduce)");

export class Video extends HTMLElement {
  static observedAttributes = ["data-captions"];

  connectedCallback() {
    const film = this.querySelector("video");
    if (!film || this.dataset.plays !== "yes" || CALM.matches) return;
    // A film with sound never begins by itself.
    film.muted = film.loop = film.autoplay = true;
    film.play().catch(() => {});
  }

  attributeChangedCallback() {
    const track = this.querySelector("track");
    const address = this.dataset.captions;
    if (address) track?.setAttribute("src", address);
    else track?.removeAttribute("src");
    // Captions on another host come only to a film that is asked for without cookies as well.
    const apart = Boolean(address) && new URL(address ?? "", location.href).origin !== location.origin;
    this.querySelector("video")?.toggleAttribute("crossorigin", apart);
  }
}

customElements.define("sw-video", Video);
