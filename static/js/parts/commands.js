// @ts-check
/**
 * The command palette: pages, elements of the page, all other places to go, and the editor's actions with their keys.
 * Type to search, > for actions only, ↑ ↓ choose, Enter runs. Recent commands come first.
 *
 *   <template id="commands-dialog"><sw-dialog><dialog>
 *     <sw-commands data-url="/apps/juniper/commands/" data-sprite="/static/icons.svg">
 *       <input role="combobox"><div role="listbox"></div><p data-nothing hidden>…</p></sw-commands>
 *   </dialog></sw-dialog></template>
 *
 * @typedef {{ id: string, kind: string, label: string, hint: string, icon: string, keys?: string[],
 *   run: () => void }} Command
 */
import { action, actions, isPossible, run } from "lib/actions";
import { get } from "lib/http";
import { toast } from "lib/toast";
import { inOrder, remember } from "parts/command_order";
import { commandRow } from "parts/command_row";

/** The element that was focused before the palette opened, which actions apply to. @type {Element} */
let before = document.body;

class Commands extends HTMLElement {
  connectedCallback() {
    const { signal } = (this.#signal = new AbortController());
    this.addEventListener("input", () => this.#find(), { signal });
    this.addEventListener("keydown", this.#key, { signal });
    this.addEventListener("click", (event) => this.#do(optionAt(event)), { signal });
    this.addEventListener("pointermove", (event) => this.#mark(optionAt(event)), { signal });
    const possible = actions().filter((each) => each.name !== "commands" && isPossible(each, before));
    this.#all = possible.map((each) => ({
      id: each.name,
      kind: each.group,
      label: each.label,
      hint: "",
      icon: each.icon || "bolt",
      keys: each.keys,
      run: () => void run(each.name, before),
    }));
    this.#find();
    const page = document.body.dataset.page || "";
    get(`${this.dataset.url}?page=${page}`).then(({ found }) => this.#add(found), toast);
  }

  disconnectedCallback() {
    this.#signal.abort();
  }

  #signal = new AbortController();
  /** @type {Command[]} */
  #all = [];
  /** @type {Command[]} */
  #found = [];

  get #input() {
    return /** @type {HTMLInputElement} */ (this.querySelector("input"));
  }

  get #list() {
    return /** @type {HTMLElement} */ (this.querySelector("[role=listbox]"));
  }

  /** @param {{ kind: string, label: string, hint: string, icon: string, url: string, node: string }[]} found */
  #add(found) {
    const go = (/** @type {string} */ url, /** @type {string} */ node) =>
      document.dispatchEvent(new CustomEvent("sw-go", { cancelable: true, detail: { node } })) && location.assign(url);
    // Keep the marked row if the user has moved down the list; otherwise mark the best match.
    const at = [...this.#list.children].findIndex((option) => option.ariaSelected === "true");
    const keep = at > 0 ? this.#found[at].id : "";
    this.#all.push(...found.map(({ url, node, ...each }) => ({ ...each, id: url, run: () => void go(url, node) })));
    this.#find(keep);
  }

  /** @param {string} [keep] the id of the command that stays marked */
  #find(keep = "") {
    this.#found = inOrder(this.#all, this.#input.value.trim());
    this.#list.replaceChildren(...this.#found.map((each, index) => commandRow(each, index, this.dataset.sprite)));
    const nothing = /** @type {HTMLElement} */ (this.querySelector("[data-nothing]"));
    nothing.hidden = this.#found.length > 0;
    this.#list.hidden = !this.#found.length;
    const marked = this.#found.findIndex(({ id }) => id === keep);
    this.#mark(this.#list.children[Math.max(0, marked)] || null, true);
  }

  /** @param {Element | null} option @param {boolean} [always] even if there is none */
  #mark(option, always = false) {
    if (!option && !always) return;
    this.querySelector("[aria-selected=true]")?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    this.#input.setAttribute("aria-activedescendant", option?.id || "");
  }

  #key = (/** @type {KeyboardEvent} */ event) => {
    const options = [...this.#list.children];
    const at = options.findIndex((option) => option.ariaSelected === "true");
    const to = {
      ArrowDown: at + 1,
      ArrowUp: at - 1 + options.length,
      PageDown: Math.min(at + 8, options.length - 1),
      PageUp: Math.max(at - 8, 0),
    }[event.key];
    if (event.isComposing) return;
    if (to !== undefined && options.length) {
      this.#mark(options[to % options.length]);
      options[to % options.length].scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter") this.#do(options[at] || null);
    else return;
    event.preventDefault();
  };

  /** @param {Element | null} option */
  #do(option) {
    const chosen = this.#found[[...this.#list.children].indexOf(/** @type {Element} */ (option))];
    if (!chosen) return;
    remember(chosen.id);
    const dialog = /** @type {HTMLDialogElement | null} */ (this.closest("dialog"));
    // Run it after the dialog has restored the focus, so that it can move the focus elsewhere.
    dialog?.addEventListener("close", chosen.run, { once: true });
    dialog?.close();
  }
}

/** @param {Event} event */
const optionAt = (event) => /** @type {Element} */ (event.target).closest("[role=option]");

customElements.define("sw-commands", Commands);

function open() {
  const dialog = /** @type {HTMLTemplateElement | null} */ (document.getElementById("commands-dialog"));
  if (!dialog) return;
  before = document.activeElement || document.body;
  document.getElementById("dialogs")?.append(dialog.content.cloneNode(true));
}

action({
  name: "commands",
  label: "Find and do",
  group: "Anywhere",
  icon: "search",
  keys: ["Mod+K"],
  typing: true,
  run: open,
});
