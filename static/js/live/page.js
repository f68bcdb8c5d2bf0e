// @ts-check
/**
 * A live page: opens its socket, applies what comes, tells what happens. The page's `<body>` says where and what:
 *
 *   <body data-socket="/ws/live/juniper/pg_ab12cd/" data-listens='{"el_k3x9q2": ["clicked"]}'>
 */

import { listen } from "./events.js";
import { apply, reset } from "./patches.js";
import { LiveSocket } from "./socket.js";

const { socket: path = "", listens = "{}" } = document.body.dataset;
const bar = /** @type {HTMLElement} */ (document.querySelector("[data-connection]"));

/** @type {Record<string, string>} */
const words = {
  restarting: "The server is restarting. Trying again…",
  lost: "The connection is lost. Trying again…",
  refused: "This page is no longer open to you. Reload it.",
  elsewhere: "This page is open in another tab.",
  old: "There is a new version of this page. Reload it.",
};

/** @param {string} sentence */
function notice(sentence) {
  const line = document.createElement("p");
  line.className = "sw-notice";
  line.setAttribute("role", "status");
  line.textContent = sentence;
  document.body.append(line);
  setTimeout(() => line.remove(), 6000);
}

const live = new LiveSocket(path, {
  batch: apply,
  snapshot: reset,
  notice,
  status(word, fresh) {
    bar.hidden = word === "open";
    bar.textContent = words[word] ?? "";
    document.body.toggleAttribute("data-live", word === "open");
    if (word === "open") document.dispatchEvent(new CustomEvent("sw:visit", { detail: live.visit }));
    if (word === "open") tellValues(Boolean(fresh));
  },
});

const tellValues = listen(document.body, JSON.parse(listens), (message) => live.say(message), notice);
live.open();
