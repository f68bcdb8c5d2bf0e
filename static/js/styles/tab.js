// @ts-check
/**
 * The Styles tab: every change is saved, and the list and samples follow. A refused value stays as typed, with the
 * reason below it.
 *
 *   <sw-styles id="styles" data-node="sy_k3x9q2">…</sw-styles>
 */
import { NO_NUMBER, numbers } from "design/numbers";
import { get } from "lib/http";
import { onChanged, send } from "lib/journal";
import { morphInto } from "lib/morph";
import { put, speak, toast } from "lib/toast";
import { typeInto } from "lib/type_into";
import { forgive, nodeOf, say } from "styles/fields";
import { gestureOf, pressOf } from "styles/said";
import { drawSamples } from "styles/samples";
/** @import { Answer } from "builder/views/changes" */

const LOOKS_MS = 150;
const GESTURES = "styles/gestures";

class Styles extends HTMLElement {
  connectedCallback() {
    this.#signal = new AbortController();
    const { signal } = this.#signal;
    const around = /** @type {HTMLElement} */ (document.body);
    around.addEventListener("change", this.#changed, { signal });
    around.addEventListener("click", this.#clicked, { signal });
    around.addEventListener("submit", this.#added, { signal });
    this.addEventListener("input", this.#looked, { signal });
    numbers(this, signal);
    this.#ends = onChanged((change) => (this.#doing && change.verb === GESTURES) || this.#follow());
  }

  disconnectedCallback() {
    this.#signal.abort();
    this.#ends();
  }

  #signal = new AbortController();
  #ends = () => {};
  #timer = 0;
  #doing = 0;

  get #open() {
    return this.dataset.node || "";
  }

  /** @param {object} what @param {HTMLElement} [field] the field that shows a refusal */
  async #do(what, field) {
    const open = this.#open;
    this.#doing += 1;
    const answer = await send(GESTURES, { ...what, open })
      .catch(() => /** @type {Answer} */ ({ ok: false }))
      .finally(() => (this.#doing -= 1));
    if (field) say(field, answer.sentence || "");
    if (answer.ok) await this.#follow(answer.parts, open);
    if (answer.say) speak(answer.say);
    if (answer.toast) put(answer.toast);
    if (!field && answer.sentence) toast({ sentence: answer.sentence });
    return answer;
  }

  /** Save a colour at intervals while it is being chosen, so that the samples follow it. */
  #looked = (/** @type {Event} */ event) => {
    const field = /** @type {HTMLInputElement} */ (event.target);
    if (field.type !== "color") return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#save(field), LOOKS_MS);
  };

  #changed = (/** @type {Event} */ event) => {
    const field = /** @type {HTMLInputElement} */ (event.target);
    clearTimeout(this.#timer);
    if (field.dataset.rename !== undefined) this.#rename(field);
    else this.#save(field);
  };

  /** @param {HTMLInputElement} field */
  #save(field) {
    const gesture = gestureOf(field, this.#open);
    if (gesture && "value" in gesture && gesture.value === undefined) say(field, NO_NUMBER);
    else if (gesture) this.#do(gesture, field);
  }

  /** @param {HTMLInputElement} field */
  async #rename(field) {
    const answer = await this.#do({ do: "rename_in_theme", node: nodeOf(field), name: field.value });
    if (answer.sentence) field.value = field.defaultValue;
  }

  #clicked = (/** @type {MouseEvent} */ event) => {
    const target = /** @type {Element} */ (event.target);
    const button = /** @type {HTMLElement | null} */ (target.closest("sw-styles button"));
    const to = /** @type {HTMLElement | null} */ (target.closest("[data-to]"));
    if (to && !(event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.#go(to.dataset.to || "");
    }
    if (!button) return;
    forgive(button.closest("tr, .field, [data-control]"));
    const gesture = pressOf(button, this.#open);
    if (gesture) this.#do(gesture);
    else if (button.dataset.add) this.#make(button.dataset.add);
  };

  /** Add a custom colour or font, and select its name for typing. @param {string} what */
  async #make(what) {
    const answer = await this.#do({ do: "add_to_theme", what, name: "" });
    typeInto(this.querySelector(`[data-node="${answer.made}"] [data-rename]`));
  }

  #added = async (/** @type {SubmitEvent} */ event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (!form.matches("[data-add-style]")) return;
    event.preventDefault();
    const element = /** @type {HTMLSelectElement} */ (form.elements.namedItem("element")).value;
    await this.#do({ do: "add_to_theme", what: "style", element, name: "" });
    typeInto(this.querySelector("[data-rename]"));
  };

  /** Go to another named style, or to the theme. @param {string} node */
  async #go(node) {
    forgive(this);
    this.dataset.node = node;
    const url = new URL(location.href);
    url.hash = "";
    url.search = node && `?node=${node}`;
    history.replaceState(history.state, "", url);
    await this.#follow();
  }

  /**
   * @param {any} [parts] fetched if not given
   * @param {string} [asked] the style that was open for that request; another may be open since
   */
  async #follow(parts, asked) {
    const open = this.#open;
    const url = `/apps/${document.body.dataset.app}/styles/parts/?node=${open}`;
    const drawn = (asked === open && parts) || (await get(url).catch(toast));
    if (!drawn || open !== this.#open) return;
    if (drawn.node !== this.#open) this.dataset.node = drawn.node;
    morphInto(this, drawn.stage);
    morphInto(/** @type {Element} */ (document.getElementById("styles-left")), drawn.left);
    const name = /** @type {HTMLInputElement | null} */ (this.querySelector(".panel-name [data-rename]"));
    drawSamples(this.#open, name?.value || "");
  }
}

customElements.define("sw-styles", Styles);
