// @ts-check
/**
 * <sw-moment>: a field for a date, or for a date with its time. The server works with moments, which the field shows in
 * local time.
 *
 *   <sw-moment data-p="value" data-initial="2026-11-21T09:30:00+00:00"><input type="datetime-local"></sw-moment>
 */

import { AroundField } from "./around_field.js";

export class Moment extends AroundField {
  static observedAttributes = ["data-least", "data-most"];

  connectedCallback() {
    if (this.dataset.initial && !this.field.value) this.value = this.dataset.initial;
    this.attributeChangedCallback();
  }

  attributeChangedCallback() {
    if (!this.isConnected) return;
    this.field.min = this.#local(this.dataset.least);
    this.field.max = this.#local(this.dataset.most);
  }

  /** A date as is, a moment in UTC; "" for none. */
  get value() {
    const { type, value } = this.field;
    return type === "date" || !value ? value : new Date(value).toISOString();
  }

  set value(value) {
    this.field.value = this.#local(value);
  }

  /** The field's format of a value. A date alone is independent of time zones. @param {string | undefined} said */
  #local(said) {
    if (!said || (this.field.type === "date" && said.length === 10)) return said ?? "";
    const moment = new Date(said.length === 10 ? `${said}T00:00` : said);
    if (Number.isNaN(moment.getTime())) return "";
    const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
    const day = `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
    return this.field.type === "date" ? day : `${day}T${two(moment.getHours())}:${two(moment.getMinutes())}`;
  }
}

customElements.define("sw-moment", Moment);
