// @ts-check
/**
 * The sheet of shortcuts: all keys of this screen, from the registry of actions, and the switch for single keys.
 *
 *   <template id="shortcuts-sheet"><sw-dialog><dialog><sw-shortcuts data-url="/me/keys/"><table><tbody></tbody></table>
 *     <input type="checkbox" name="single_keys"></sw-shortcuts></dialog></sw-dialog></template>
 */
import { action, actions } from "lib/actions";
import { wordsOf } from "lib/chords";
import { post } from "lib/http";
import { toast } from "lib/toast";

class Shortcuts extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", this.#changed);
    this.#switch.checked = document.body.dataset.singleKeys !== "off";
    const keyed = actions().filter((each) => each.keys?.length);
    const groups = [...new Set(["Anywhere", ...keyed.map((each) => each.group)])];
    this.#rows.replaceChildren(
      ...groups.flatMap((group) => [headOf(group), ...keyed.filter((each) => each.group === group).map(rowOf)]),
    );
  }

  disconnectedCallback() {
    this.removeEventListener("change", this.#changed);
  }

  get #rows() {
    return /** @type {HTMLElement} */ (this.querySelector("tbody"));
  }

  get #switch() {
    return /** @type {HTMLInputElement} */ (this.querySelector("[name=single_keys]"));
  }

  #changed = () => {
    const on = this.#switch.checked;
    document.body.dataset.singleKeys = on ? "on" : "off";
    post(this.dataset.url || "", { single_keys: on }).catch(toast);
  };
}

/** @param {string} group */
function headOf(group) {
  const row = document.createElement("tr");
  row.append(Object.assign(document.createElement("th"), { colSpan: 2, scope: "rowgroup", textContent: group }));
  return row;
}

/** @param {import("lib/actions").Action} action */
function rowOf({ label, keys = [] }) {
  const [row, does, pressed] = [
    document.createElement("tr"),
    document.createElement("td"),
    document.createElement("td"),
  ];
  does.textContent = label;
  pressed.className = "end";
  pressed.append(
    ...keys.map((chord) =>
      Object.assign(document.createElement("kbd"), { className: "kbd", textContent: wordsOf(chord) }),
    ),
  );
  row.append(does, pressed);
  return row;
}

customElements.define("sw-shortcuts", Shortcuts);

function open() {
  const sheet = /** @type {HTMLTemplateElement | null} */ (document.getElementById("shortcuts-sheet"));
  if (sheet) document.getElementById("dialogs")?.append(sheet.content.cloneNode(true));
}

action({ name: "shortcuts", label: "Shortcuts", group: "Anywhere", icon: "keyboard", keys: ["?", "Mod+/"], run: open });
