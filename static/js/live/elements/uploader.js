// @ts-check
/**
 * <sw-uploader>: a file that is uploaded as soon as it is chosen. Its value is the file's URL, "" for none.
 *
 *   <sw-uploader data-p="value" data-most="5"><input type="file"><div class="sw-given" hidden>…</div></sw-uploader>
 *
 * The server issues an upload URL for the page's visit, valid for this file only and for a few minutes.
 */

import { addressOf } from "../controls.js";
import { store } from "../tab.js";
import { AroundField } from "./around_field.js";

export class Uploader extends AroundField {
  #value = "";
  /** @type {XMLHttpRequest | null} */ #sending = null;
  #signal = new AbortController();

  connectedCallback() {
    this.#signal = new AbortController();
    const { signal } = this.#signal;
    this.field.addEventListener("input", (event) => event.stopPropagation(), { signal });
    this.field.addEventListener(
      "change",
      (event) => {
        event.stopPropagation();
        const [file] = this.field.files ?? [];
        if (file) this.#send(file);
      },
      { signal },
    );
    this.#part("button").addEventListener("click", () => this.#remove(), { signal });
    this.#value ||= this.dataset.initial ?? "";
    if (!/^(\/|https?:)/.test(this.#value)) this.#value = "";
    this.#show();
  }

  disconnectedCallback() {
    this.#signal.abort();
    this.#sending?.abort();
  }

  get value() {
    return this.#value;
  }

  set value(value) {
    this.#value = value;
    if (!value) this.field.value = "";
    this.#show();
  }

  /** @param {File} file */
  async #send(file) {
    this.#sending?.abort();
    if (file.size > Number(this.dataset.most) * 2 ** 20)
      return this.#refuse(`The file is larger than ${this.dataset.most} MB.`);
    this.field.setCustomValidity(`${file.name} is still being sent.`);
    this.#show(file.name);
    const sending = (this.#sending = new XMLHttpRequest());
    const visit = store[document.body.dataset.socket ?? ""];
    const asked = { visit, element: addressOf(this), name: file.name, size: file.size, type: file.type };
    try {
      const answer = await fetch("/new-file", { method: "POST", body: JSON.stringify(asked) });
      const { address, error } = await answer.json();
      if (sending !== this.#sending) return;
      if (error) return this.#refuse(error.sentence);
      sending.upload.onprogress = ({ loaded, total }) => {
        /** @type {any} */ (this.#part("progress")).value = loaded / total;
      };
      sending.onload = () => this.#sent(sending);
      sending.onerror = () => this.#refuse("The file could not be sent. Choose it again.");
      sending.open("PUT", address);
      sending.send(file);
    } catch {
      this.#refuse("The file could not be sent. Choose it again.");
    }
  }

  /** @param {XMLHttpRequest} sending */
  #sent(sending) {
    const { value, error } = sending.getResponseHeader("Content-Type")?.includes("json")
      ? JSON.parse(sending.responseText)
      : {};
    if (!value) return this.#refuse(error?.sentence ?? "The file could not be sent. Choose it again.");
    this.field.setCustomValidity("");
    this.#set(value);
  }

  /** @param {string} sentence */
  #refuse(sentence) {
    this.#sending = null;
    this.field.value = "";
    this.field.setCustomValidity(sentence);
    this.#show();
    this.field.checkValidity();
    this.field.setCustomValidity("");
  }

  #remove() {
    this.#sending?.abort();
    this.#sending = null;
    this.field.setCustomValidity("");
    this.#set("");
    this.field.focus();
  }

  /** Set the value on the visitor's behalf. @param {string} value */
  #set(value) {
    this.value = value;
    for (const name of ["input", "change"]) this.dispatchEvent(new Event(name, { bubbles: true }));
  }

  /** Show the file, or the name of the one being uploaded. */
  #show(sending = "") {
    const [picture, link, bar] = [this.#part("img"), this.#part("a"), this.#part("progress")];
    this.#part("div").hidden = !sending && !this.#value;
    bar.hidden = !sending;
    this.toggleAttribute("aria-busy", Boolean(sending));
    link.textContent = sending || named(this.#value);
    if (this.#value && !sending) link.setAttribute("href", this.#value);
    else link.removeAttribute("href");
    picture.hidden = Boolean(sending) || !this.#value || !this.field.accept;
    if (!picture.hidden) picture.setAttribute("src", this.#value);
    this.field.required = "required" in this.dataset && !this.#value;
  }

  /** @param {string} name @returns {HTMLElement} */
  #part(name) {
    return /** @type {HTMLElement} */ (this.querySelector(name));
  }
}

/** The name of the file at a URL; undecoded if it is not a valid encoding. @param {string} address */
function named(address) {
  const name = address.split("/").at(-1) ?? "";
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

customElements.define("sw-uploader", Uploader);
