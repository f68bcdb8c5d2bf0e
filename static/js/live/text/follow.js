// @ts-check
/**
 * Follow: keeps the newest line in view while the reader is at the end, and never otherwise.
 *
 *     Follow.grow(element, () => box.append(text))   // where the element says data-follow="yes"
 *
 * Who scrolls up stays where they are and gets a button "New text below".
 */

const NEAR = 48 // px from the end that still count as being there

/** @type {WeakMap<Element, Follow>} */
const known = new WeakMap()

export class Follow {
  #scroller
  #top = 0
  following = false
  /** @type {HTMLButtonElement | undefined} */ #button

  /** The one of the box that scrolls around an element. @param {Element} element */
  static of(element) {
    const scroller = scrollerOf(element)
    const found = known.get(scroller) ?? new Follow(scroller)
    known.set(scroller, found)
    return found
  }

  /** Let `write` make an element longer, and go along if it wants to be followed. @param {HTMLElement} element @param {() => void} write */
  static grow(element, write) {
    if (element.dataset.follow === "yes") Follow.of(element).#grow(write)
    else write()
  }

  /** Go along also with what the same message shows and hides around an element. @param {HTMLElement} element */
  static keep(element) {
    const follow = Follow.of(element)
    if (element.dataset.follow === "yes") requestAnimationFrame(() => follow.following && follow.toEnd())
  }

  /** @param {Element} scroller */
  constructor(scroller) {
    this.#scroller = scroller
    const source = scroller === document.scrollingElement ? document : scroller
    source.addEventListener("scroll", () => this.#scrolled(), { passive: true })
  }

  #grow(/** @type {() => void} */ write) {
    if (!this.following) this.following = this.#distance <= NEAR
    write()
    if (this.following) this.toEnd()
    else if (this.#distance > NEAR) this.#offer()
  }

  toEnd() {
    this.following = true
    this.#scroller.scrollTop = this.#scroller.scrollHeight
    this.#withdraw()
  }

  get #distance() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller
    return scrollHeight - scrollTop - clientHeight
  }

  #scrolled() {
    const top = this.#scroller.scrollTop
    if (this.#distance <= NEAR) {
      this.following = true
      this.#withdraw()
    } else if (top < this.#top) {
      this.following = false
    }
    this.#top = top
  }

  #offer() {
    if (this.#button) return
    this.#button = document.createElement("button")
    this.#button.type = "button"
    this.#button.className = "sw-newer"
    this.#button.textContent = "New text below"
    this.#button.addEventListener("click", () => this.toEnd())
    document.body.append(this.#button)
    const foot = document.querySelector('[data-stick="bottom"]')?.getBoundingClientRect().height ?? 0
    this.#button.style.insetBlockEnd = `${foot + 16}px`
  }

  #withdraw() {
    this.#button?.remove()
    this.#button = undefined
  }
}

/** @param {Element} element @returns {Element} */
function scrollerOf(element) {
  for (let each = element.parentElement; each && each !== document.body; each = each.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(each).overflowY)) return each
  }
  return document.scrollingElement ?? document.documentElement
}
