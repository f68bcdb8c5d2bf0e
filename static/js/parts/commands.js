// @ts-check
/**
 * The command palette: pages, elements of the page, all else there is to go to, and the editor's actions with their keys.
 * Type to find, > for actions only, ↑ ↓ choose, Enter does it. What was done last comes first.
 *
 *   <template id="commands-dialog"><sw-dialog><dialog><sw-commands data-url="/apps/juniper/commands/" data-sprite="/static/icons.svg">
 *     <input role="combobox"><div role="listbox"></div><p data-nothing hidden>…</p></sw-commands></dialog></sw-dialog></template>
 */
import { action, actions, isPossible, run } from "lib/actions";
import { wordsOf } from "lib/chords";
import { fit } from "lib/fuzzy";
import { get } from "lib/http";
import { toast } from "lib/toast";

const [SHOWN, RECENT] = [50, 8];
const STORE = `recent:${document.body.dataset.app}`;

/** @typedef {{ id: string, kind: string, label: string, hint: string, icon: string, keys?: string[], run: () => void }} Command */

/** What had the focus before the palette took it: what actions are about. @type {Element} */
let before = document.body;

class Commands extends HTMLElement {
  connectedCallback() {
    this.addEventListener("input", () => this.#find());
    this.addEventListener("keydown", this.#key);
    this.addEventListener("click", (event) => this.#do(/** @type {Element} */ (event.target).closest("[role=option]")));
    this.addEventListener("pointermove", (event) => this.#mark(/** @type {Element} */ (event.target).closest("[role=option]")));
    const possible = actions().filter((each) => each.name !== "commands" && isPossible(each, before));
    this.#all = possible.map((each) => ({ id: each.name, kind: each.group, label: each.label, hint: "", icon: each.icon || "bolt", keys: each.keys, run: () => void run(each.name, before) }));
    this.#find();
    const page = document.body.dataset.page || "";
    get(`${this.dataset.url}?page=${page}`).then(({ found }) => this.#add(found), toast);
  }

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
    // Whoever has gone down the list stays where they are; the first row is whatever fits best.
    const at = [...this.#list.children].findIndex((option) => option.ariaSelected === "true");
    const keep = at > 0 ? this.#found[at].id : "";
    this.#all.push(...found.map(({ url, node, ...each }) => ({ ...each, id: url, run: () => void go(url, node) })));
    this.#find(keep);
  }

  /** @param {string} [keep] what stays marked */
  #find(keep = "") {
    const typed = this.#input.value.trim();
    const only = typed.startsWith(">");
    const words = typed.replace(/^>/, "").trim();
    const recent = recentOnes();
    const places = new Map(recent.map((id, index) => [id, recent.length - index]));
    const rated = this.#all.filter((each) => !only || !each.id.startsWith("/")).map((each) => ({
      each,
      rate: words ? Math.max(fit(words, each.label), 0.6 * fit(words, `${each.label} ${each.hint} ${each.kind}`)) : 1,
      recency: places.get(each.id) || 0,
    }));
    const fitting = rated.filter(({ rate }) => rate > 0);
    fitting.sort((one, other) => other.rate + 2 * other.recency - one.rate - 2 * one.recency);
    this.#found = fitting.slice(0, SHOWN).map(({ each }) => each);
    this.#list.replaceChildren(...this.#found.map((each, index) => rowOf(each, index, this.dataset.sprite)));
    const nothing = /** @type {HTMLElement} */ (this.querySelector("[data-nothing]"));
    nothing.hidden = this.#found.length > 0;
    this.#list.hidden = !this.#found.length;
    const marked = this.#found.findIndex(({ id }) => id === keep);
    this.#mark(this.#list.children[Math.max(0, marked)] || null, true);
  }

  /** @param {Element | null} option @param {boolean} [always] also when there is none */
  #mark(option, always = false) {
    if (!option && !always) return;
    this.querySelector("[aria-selected=true]")?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    this.#input.setAttribute("aria-activedescendant", option?.id || "");
  }

  #key = (/** @type {KeyboardEvent} */ event) => {
    const options = [...this.#list.children];
    const at = options.findIndex((option) => option.ariaSelected === "true");
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 + options.length, PageDown: Math.min(at + 8, options.length - 1), PageUp: Math.max(at - 8, 0) }[event.key];
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
    localStorage.setItem(STORE, JSON.stringify([chosen.id, ...recentOnes().filter((id) => id !== chosen.id)].slice(0, RECENT)));
    const dialog = /** @type {HTMLDialogElement | null} */ (this.closest("dialog"));
    // The dialog brings the focus back to where it was first, so that what is done can put it elsewhere.
    dialog?.addEventListener("close", chosen.run, { once: true });
    dialog?.close();
  }
}

/** @returns {string[]} what was done last, by its id, the newest first */
const recentOnes = () => JSON.parse(localStorage.getItem(STORE) || "[]");

/** @param {Command} command @param {number} index @param {string} [sprite] where the icons are */
function rowOf(command, index, sprite = "") {
  const row = Object.assign(document.createElement("div"), { className: "row", role: "option", id: `command-${index}`, ariaSelected: "false" });
  const [name, hint, right] = ["name", "ink-3 clip", "push ink-3 t-12"].map((className) => Object.assign(document.createElement("span"), { className }));
  name.textContent = command.label;
  hint.textContent = command.hint;
  right.textContent = command.kind;
  const [icon, use] = ["svg", "use"].map((tag) => document.createElementNS("http://www.w3.org/2000/svg", tag));
  icon.setAttribute("class", "icon icon-14");
  icon.ariaHidden = "true";
  use.setAttribute("href", `${sprite}#i-${command.icon}`);
  icon.append(use);
  row.append(icon, name, hint, right);
  if (command.keys?.length) row.append(Object.assign(document.createElement("kbd"), { className: "kbd", textContent: wordsOf(command.keys[0]) }));
  return row;
}

customElements.define("sw-commands", Commands);

function open() {
  const dialog = /** @type {HTMLTemplateElement | null} */ (document.getElementById("commands-dialog"));
  if (!dialog) return;
  before = document.activeElement || document.body;
  document.getElementById("dialogs")?.append(dialog.content.cloneNode(true));
}

action({ name: "commands", label: "Find and do", group: "Anywhere", icon: "search", keys: ["Mod+K"], typing: true, run: open });
