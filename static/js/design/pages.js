// @ts-check
/**
 * The page as a whole: its menu beside the tree, its name wherever it stands, and issues that lead to their elements.
 */
import { action } from "lib/actions";
import { toast } from "lib/toast";
import { gesture } from "design/gestures";
import { nameField } from "design/keys";
import { pageKey } from "design/rows";
import { select } from "design/selection";

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  const verb = /** @type {HTMLElement | null} */ (target.closest?.("[data-page-verb]"))?.dataset.pageVerb;
  const issue = /** @type {HTMLElement | null} */ (target.closest?.("[data-goto]"));
  if (issue) {
    event.preventDefault();
    select(issue.dataset.goto || "");
  }
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
  ["settings", "Settings of this page", "sliders"],
  ["rename", "Rename this page", "text"],
  ["duplicate_page", "Duplicate this page", "copy"],
  ["first_page", "Make this the first page", "pin"],
  ["delete_page", "Delete this page", "trash"],
]) {
  action({ name: `page-${verb}`, label, icon, group: "Page", run: () => act(verb) });
}

/** The panel of the page may have to come first. */
function rename() {
  select(pageKey());
  const panel = document.getElementById("panel");
  if (/** @type {HTMLElement | null} */ (panel?.firstElementChild)?.dataset.node === pageKey()) nameField()?.select();
  else panel?.addEventListener("sw-drawn", () => nameField()?.select(), { once: true });
}

document.addEventListener("sw-drawn", (/** @type {any} */ event) => {
  const { pages } = event.detail || {};
  if (!pages) return;
  const links = [.../** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll('[role=menu][aria-label="Pages"] a'))];
  const here = links.map((link) => link.pathname.split("/").at(-2) || "");
  // Pages that came or went, by undo or by somebody else: the top bar is drawn anew.
  if (here.length !== Object.keys(pages).length || !here.every((key) => key in pages)) return location.reload();
  for (const [index, link] of links.entries()) write(link.querySelector(".name"), pages[here[index]]);
  const name = pages[pageKey()];
  const button = document.querySelector('.switcher > [aria-label^="Page: "]');
  button?.setAttribute("aria-label", `Page: ${name}`);
  write(button?.querySelector(".clip"), name);
  write(document.querySelector("[data-page-name]"), name);
});

/** @param {Element | null | undefined} element @param {string} text */
function write(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}
