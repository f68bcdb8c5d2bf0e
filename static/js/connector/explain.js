// @ts-check
/**
 * What happened, why and what to do, for an error received from the socket: the same block that the server renders.
 *
 *   place.replaceChildren(explain(error, [["Run again", again], ["Open call", open]]));
 */

/**
 * @param {{ sentence?: string, why?: string, todo?: string }} error
 * @param {[string, () => void][]} buttons labels and handlers, the first is the primary one
 */
export function explain(error, buttons) {
  const block = made("div", "explain card card-danger");
  block.setAttribute("role", "alert");
  const title = made("h3", "line ink-danger");
  const errors = /** @type {HTMLTemplateElement | null} */ (document.getElementById("toast-error"));
  const sign = errors?.content.querySelector(".icon");
  if (sign) title.append(sign.cloneNode(true));
  title.append("The call was not made");
  block.append(title);
  const list = made("dl");
  for (const [name, text] of [
    ["What happened", error.sentence || "The server gave no reason."],
    ["Why", error.why],
    ["What to do", error.todo],
  ]) {
    if (text) list.append(made("dt", "", name), made("dd", "", text));
  }
  const line = made("div", "line wrap");
  for (const [index, [words, verb]] of buttons.entries()) {
    const button = /** @type {HTMLButtonElement} */ (made("button", index ? "btn" : "btn btn-primary", words));
    button.type = "button";
    button.addEventListener("click", verb);
    line.append(button);
  }
  block.append(list, line);
  return block;
}

/** @param {string} tag @param {string} [classes] @param {string} [text] */
export function made(tag, classes = "", text = "") {
  const element = document.createElement(tag);
  element.className = classes;
  element.textContent = text;
  return element;
}
