// @ts-check
/**
 * <sw-video>: sets the captions of its video, and autoplays it unless reduced motion is preferred.
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
    // A video with sound never starts by itself.
    film.muted = film.loop = film.autoplay = true;
    film.play().catch(() => {});
  }

  attributeChangedCallback() {
    const track = this.querySelector("track");
    const address = this.dataset.captions;
    if (address) track?.setAttribute("src", address);
    else track?.removeAttribute("src");
    // Captions from another origin require the video to be fetched with CORS, without cookies.
    const apart = Boolean(address) && new URL(address ?? "", location.href).origin !== location.origin;
    this.querySelector("video")?.toggleAttribute("crossorigin", apart);
  }
}

customElements.define("sw-video", Video);
