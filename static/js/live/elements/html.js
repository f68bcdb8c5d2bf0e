// @ts-check
/**
 * <sw-html>: shows an author's own HTML in a sandboxed frame, with the height that it reports.
 *
 *     <body data-frames="/frames/juniper/rl_k3x9q2/pg_ab12cd/">
 *       <sw-html data-el="el_k3x9q2" data-height="auto" data-version="6b1c9f">
 *         <iframe sandbox="allow-scripts"></iframe></sw-html>
 *
 * Nothing but a number is accepted from it.
 */

import { fit } from "./frame_height.js";

export class Html extends HTMLElement {
  #heard = (/** @type {MessageEvent} */ event) => {
    const frame = this.querySelector("iframe");
    if (frame && this.dataset.height === "auto") fit(frame, event);
  };

  connectedCallback() {
    addEventListener("message", this.#heard);
    const frame = this.querySelector("iframe");
    const own = this.dataset.el?.split("@")[0];
    if (frame && this.dataset.version) frame.src = `${document.body.dataset.frames}${own}/?${this.dataset.version}`;
  }

  disconnectedCallback() {
    removeEventListener("message", this.#heard);
  }
}

customElements.define("sw-html", Html);
