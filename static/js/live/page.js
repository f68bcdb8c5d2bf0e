// @ts-check
/**
 * A live page: opens its socket, applies patches, sends events. The page's `<body>` has the settings:
 *
 *   <body data-socket="/ws/live/juniper/pg_ab12cd/" data-mark="rl_k3x9q2" data-listens='{"el_k3x9q2": ["clicked"]}'>
 */

import { listen } from "./events.js";
import { apply, reset } from "./patches.js";
import { LiveSocket } from "./socket.js";
import { keepTyped, restoreTyped } from "./typed.js";
import { notice, tellConnection } from "./words.js";

const { socket: path = "", listens = "{}" } = document.body.dataset;
const typed = `${path} typed`;
let open = false;

const live = new LiveSocket(path, {
  batch(patches, snapshot) {
    apply(patches, (address) => ear.owes(address) || live.unheard.tells(address));
    if (snapshot) restoreTyped(typed);
  },
  snapshot: reset,
  notice,
  status(word, fresh) {
    open = word === "open";
    tellConnection(word);
    document.body.toggleAttribute("data-live", open);
    if (!open) return;
    document.dispatchEvent(new CustomEvent("sw:visit", { detail: live.visit }));
    ear.greeted(Boolean(fresh));
  },
});

const ear = listen(document.body, JSON.parse(listens), (message) => live.say(message), notice);
addEventListener("pagehide", () => open || keepTyped(typed));
live.open();
