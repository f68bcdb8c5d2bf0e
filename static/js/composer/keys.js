// @ts-check
/**
 * The composer's keys: ← → move between cars, ↑ ↓ choose, Enter adds, Backspace removes the last car, Ctrl Enter uses
 * the value, Esc leaves. In a text field the arrows leave it only from its ends.
 *
 *   composer.addEventListener("keydown", (event) => pressed(event, composer));
 */
const TEXTS = "#composer-find, input[data-value]";

/** @param {KeyboardEvent} event @param {import("./composer.js").Composer} composer */
export function pressed(event, composer) {
  if (event.isComposing) return;
  const target = /** @type {HTMLElement} */ (event.target);
  const done = event.ctrlKey || event.metaKey ? command(event, composer) : plain(event, composer, target);
  event.stopPropagation();
  if (done) event.preventDefault();
}

/** The same for mouse and touch. @param {MouseEvent} event @param {import("./composer.js").Composer} composer */
export function clicked(event, composer) {
  const target = /** @type {Element} */ (event.target);
  const option = /** @type {HTMLElement | null} */ (target.closest("[role=option]"));
  const car = /** @type {HTMLElement | null} */ (target.closest("[data-at]"));
  const verb = target.closest("[data-do]")?.getAttribute("data-do");
  if (option) composer.choose(option);
  else if (car) composer.say({ do: "go", at: Number(car.dataset.at) });
  else if (verb === "close") composer.close();
  else if (verb === "leave") composer.leave();
  else if (verb) composer.finish();
}

/** @param {KeyboardEvent} event @param {import("./composer.js").Composer} composer */
function command(event, composer) {
  if (event.key !== "Enter") return false;
  composer.finish();
  return true;
}

/**
 * @param {KeyboardEvent} event @param {import("./composer.js").Composer} composer @param {HTMLElement} target
 * @returns {boolean} whether the key was handled
 */
function plain(event, composer, target) {
  const { key } = event;
  if (key === "Escape") composer.leave();
  else if (key === "Tab") return around(event, composer);
  else if (target.matches(TEXTS)) return typing(key, composer, /** @type {HTMLInputElement} */ (target));
  else if (target.matches("[data-at]")) return onCar(key, composer, target);
  else if (target.matches(".chip") && (key === "Backspace" || key === "Delete")) composer.slots.remove(target);
  else if (target.matches("select") && key === "Enter") composer.step(1);
  else return false;
  return true;
}

/** @param {string} key @param {import("./composer.js").Composer} composer @param {HTMLInputElement} input */
function typing(key, composer, input) {
  const searches = input.id === "composer-find";
  const [begin, end] = edges(input);
  if (key === "ArrowDown") composer.list.move(1);
  else if (key === "ArrowUp") composer.list.move(-1);
  else if (key === "Enter" && composer.list.active) composer.choose(composer.list.active);
  else if (key === "Enter") composer.step(1);
  else if (key === "ArrowLeft" && begin) composer.step(-1);
  else if (key === "ArrowRight" && end) composer.step(1);
  else if (key === "Backspace" && begin && end && searches) composer.say({ do: "remove" });
  else if (key === "Backspace" && begin && !searches) return composer.slots.removeBefore(input);
  else return false;
  return true;
}

/** @param {string} key @param {import("./composer.js").Composer} composer @param {HTMLElement} car */
function onCar(key, composer, car) {
  if (key === "ArrowLeft") composer.step(-1, true);
  else if (key === "ArrowRight") composer.step(1, true);
  else if (key === "ArrowDown") composer.list.find?.focus();
  else if (key === "Backspace" || key === "Delete") composer.say({ do: "remove", link: Number(car.dataset.link) });
  else return false;
  return true;
}

/** Whether the caret is at the start, and whether it is at the end. @param {HTMLInputElement} input */
function edges(input) {
  const { selectionStart: start, selectionEnd: end, value } = input;
  if (start === null) return [value === "", value === ""];
  return [start === 0 && end === 0, start === value.length && end === value.length];
}

/** Keep Tab within the composer. @param {KeyboardEvent} event @param {HTMLElement} composer */
function around(event, composer) {
  const stops = /** @type {HTMLElement[]} */ ([
    ...composer.querySelectorAll("button:not([tabindex='-1']), input, select, [tabindex='0']"),
  ]).filter((each) => each.offsetParent);
  const [first, last] = [stops[0], stops.at(-1)];
  if (document.activeElement !== (event.shiftKey ? first : last)) return false;
  (event.shiftKey ? last : first)?.focus();
  return true;
}
