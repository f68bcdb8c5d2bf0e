// @ts-check
/**
 * The page as a whole: its menu beside the tree, and its name wherever it is shown; also the app's other pages, and its
 * reusable elements in the palette.
 */
import { action } from "lib/actions";
import { morphInto } from "lib/morph";
import { toast } from "lib/toast";
import { gesture } from "design/gestures";
import "design/issues";
import { nameField } from "design/keys";
import { pageKey } from "design/rows";
import { select } from "design/selection";

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  const verb = /** @type {HTMLElement | null} */ (target.closest?.("[data-page-verb]"))?.dataset.pageVerb;
  if (verb) act(verb);
});

/** @param {string} verb */
function act(verb) {
  if (verb === "settings") select(pageKey());
  else if (verb === "rename") rename();
  else gesture({ do: verb }).then((answer) => !answer.ok && answer.say && toast(answer.say));
}

for (const [verb, label, icon] of [
  ["new_page", "New page", "plus"],
  ["new_reusable", "New reusable element", "layers"],
  ["settings", "Settings of this page", "sliders"],
  ["rename", "Rename this page", "text"],
  ["duplicate_page", "Duplicate this page", "copy"],
  ["first_page", "Make this the first page", "pin"],
  ["delete_page", "Delete this page", "trash"],
]) {
  action({ name: `page-${verb}`, label, icon, group: "Page", changes: verb !== "settings", run: () => act(verb) });
}

/** Select the page's name; its panel may have to load first. */
function rename() {
  select(pageKey());
  const panel = document.getElementById("panel");
  if (/** @type {HTMLElement | null} */ (panel?.firstElementChild)?.dataset.node === pageKey()) nameField()?.select();
  else panel?.addEventListener("sw-drawn", () => nameField()?.select(), { once: true });
}

document.addEventListener("sw-drawn", (event) => {
  const { pages, reusables } = event.detail;
  drawMenu(pages);
  drawPalette(reusables);
  const name = pages[pageKey()];
  const button = /** @type {HTMLElement | null} */ (document.querySelector(".switcher > [data-page-is]"));
  button?.setAttribute("aria-label", `${button.dataset.pageIs}: ${name}`);
  write(button?.querySelector(".clip"), name);
  const shown = document.querySelector("[data-page-name]");
  const before = shown?.textContent || "";
  write(shown, name);
  // The labels of the canvas contain it, too.
  for (const [of, attribute] of Object.entries({ ".artboard": "aria-label", ".artboard-page": "title" })) {
    const part = document.querySelector(of);
    part?.setAttribute(attribute, (part.getAttribute(attribute) || "").replace(before, name));
  }
});

/**
 * Update the list in place: undo and other people also add and remove pages.
 * @param {Record<string, string>} pages names by key
 */
function drawMenu(pages) {
  const menu = document.querySelector('[role=menu][aria-label="Pages"]');
  const rows = new Map(
    [.../** @type {NodeListOf<HTMLAnchorElement>} */ (menu?.querySelectorAll("a") || [])].map((row) => [
      keyOf(row),
      row,
    ]),
  );
  const own = rows.get(pageKey());
  if (!menu || !own) return;
  for (const [key, row] of rows) if (!(key in pages)) row.remove();
  let last = /** @type {Element | null} */ (null);
  for (const [key, name] of Object.entries(pages)) {
    const row = rows.get(key) || rowFor(key, own);
    if (!row.isConnected && last) last.after(row);
    else if (!row.isConnected) menu.prepend(row);
    write(row.querySelector(".name"), name);
    last = row;
  }
}

/** @param {string} tiles of the reusable elements, to which the search is applied again */
function drawPalette(tiles) {
  const group = document.querySelector('sw-palette [data-group="Reusable"] > .tiles');
  const before = group?.textContent;
  if (group) morphInto(group, tiles);
  if (group?.textContent !== before) group?.dispatchEvent(new Event("input", { bubbles: true }));
}

/** @param {HTMLAnchorElement} link @returns {string} the key of the page it links to */
const keyOf = (link) => link.pathname.split("/").at(-2) || "";

/** @param {string} key @param {HTMLAnchorElement} like the row of the open page */
function rowFor(key, like) {
  const row = /** @type {HTMLAnchorElement} */ (like.cloneNode(true));
  row.removeAttribute("aria-current");
  row.pathname = like.pathname.replace(keyOf(like), key);
  const icon = row.querySelector("use");
  const mark = key.startsWith("rs_") ? "#i-layers" : "#i-page";
  icon?.setAttribute("href", (icon.getAttribute("href") || "").replace(/#.*/, mark));
  return row;
}

/** @param {Element | null | undefined} element @param {string} text */
function write(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}
