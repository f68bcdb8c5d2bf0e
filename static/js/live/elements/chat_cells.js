// @ts-check
/**
 * <sw-chat-cells>: the cells of a repeating group in chat order. The newest is last and stays in view.
 *
 *     <div data-chat="yes"><template data-cell>…</template><sw-chat-cells data-cells></sw-chat-cells></div>
 *
 * The first cells are always scrolled into view; later ones only while the reader is at the end.
 */

import { Follow } from "../text/follow.js";

export class ChatCells extends HTMLElement {
  #first = true;
  #watch = new MutationObserver(() => this.#grown());

  connectedCallback() {
    if (this.parentElement?.dataset.chat === "yes") this.#watch.observe(this, { childList: true });
  }

  disconnectedCallback() {
    this.#watch.disconnect();
  }

  #grown() {
    const follow = Follow.of(this);
    if (this.#first || follow.following) follow.toEnd();
    this.#first = false;
  }
}

customElements.define("sw-chat-cells", ChatCells);
