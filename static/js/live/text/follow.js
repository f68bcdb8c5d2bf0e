// @ts-check
/**
 * Keeps the newest line in view while the reader is at the end, and never otherwise.
 *
 *     Follow.look(element)   // if the element has data-follow="yes"
 *     box.append(text)
 *
 * A reader who scrolls up stays there and gets a button "New text below", or with the text of the element's data-newer.
 */

import { afterWrites } from "./frame.js";

const NEAR = 48; // px from the end that still count as the end

/** Instances by scroll container, and by element inside it until the window is resized.
 * @type {WeakMap<Element, Follow>} */
const known = new WeakMap();
/** @type {WeakMap<Element, Follow>} */ let around = new WeakMap();
addEventListener("resize", () => (around = new WeakMap()));

export class Follow {
  #scroller;
  #top = 0;
  #isLooking = false;
  /** The text of the button that leads to new text; no button if empty. */ #words = "";
  following = false;
  /** @type {HTMLButtonElement | undefined} */ #button;

  /** The instance for the scroll container of an element. @param {Element} element */
  static of(element) {
    let found = around.get(element);
    if (found) return found;
    const scroller = scrollerOf(element);
    found = known.get(scroller) ?? new Follow(scroller);
    known.set(scroller, found);
    around.set(element, found);
    return found;
  }

  /** Check whether the reader is at the end, before an element grows. @param {HTMLElement} element */
  static look(element) {
    if (element.dataset.follow === "yes") Follow.of(element).#look(element.dataset.newer ?? "New text below");
  }

  /** @param {Element} scroller */
  constructor(scroller) {
    this.#scroller = scroller;
    const source = scroller === document.scrollingElement ? document : scroller;
    source.addEventListener("scroll", () => this.#scrolled(), { passive: true });
  }

  /** Called before the first write in a frame. After the last one the view follows, including any other changes. */
  #look(/** @type {string} */ words) {
    this.#words = words;
    if (this.#isLooking) return;
    this.#isLooking = true;
    this.following ||= this.#distance <= NEAR;
    afterWrites(() => {
      this.#isLooking = false;
      const end = this.#scroller.scrollHeight;
      if (this.following) return () => this.toEnd(end);
      if (this.#distance > NEAR) return () => this.#offer();
    });
  }

  toEnd(end = this.#scroller.scrollHeight) {
    this.following = true;
    this.#scroller.scrollTop = end;
    this.#withdraw();
  }

  get #distance() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    return scrollHeight - scrollTop - clientHeight;
  }

  #scrolled() {
    const top = this.#scroller.scrollTop;
    if (this.#distance <= NEAR) {
      this.following = true;
      this.#withdraw();
    } else if (top < this.#top) {
      this.following = false;
    }
    this.#top = top;
  }

  #offer() {
    if (this.#button || !this.#words) return;
    this.#button = document.createElement("button");
    this.#button.type = "button";
    this.#button.className = "sw-newer";
    this.#button.textContent = this.#words;
    this.#button.addEventListener("click", () => this.toEnd());
    document.body.append(this.#button);
    const foot = document.querySelector('[data-stick="bottom"]')?.getBoundingClientRect().height ?? 0;
    this.#button.style.insetBlockEnd = `${foot + 16}px`;
  }

  #withdraw() {
    this.#button?.remove();
    this.#button = undefined;
  }
}

/** @param {Element} element @returns {Element} */
function scrollerOf(element) {
  for (let each = element.parentElement; each && each !== document.body; each = each.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(each).overflowY)) return each;
  }
  return document.scrollingElement ?? document.documentElement;
}
