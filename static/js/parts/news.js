// @ts-check
/**
 * What another tab or another person changes in this app: the tab that is open follows it as it follows an undo, and
 * what a hand is typing stays. A socket that was away finds by the app's mark whether it missed something.
 */
import { get, tab } from "lib/http";
import { elsewhere } from "lib/journal";

const PAUSE_MS = 250; // several changes in a row are followed once
const AGAIN_MS = 2000;
const NOT_YOURS = 4004;

const app = document.body.dataset.app;
let mark = "";
let timer = 0;

/** @param {{ tab?: string, mark: string }} news */
function heard(news) {
  const missed = mark !== "" && news.mark !== mark && news.tab !== tab;
  mark = news.mark;
  if (!missed) return;
  clearTimeout(timer);
  timer = setTimeout(follow, PAUSE_MS);
}

/** What undo and redo would do may have changed, too. What cannot be asked now is asked after the next change. */
async function follow() {
  const names = await get(`/apps/${app}/history/`).catch(() => null);
  if (names) elsewhere(names);
}

function connect() {
  const socket = new WebSocket(new URL(`/ws/editor/${app}/`, location.href.replace(/^http/, "ws")));
  socket.onmessage = (event) => heard(JSON.parse(event.data));
  socket.onclose = (event) => event.code !== NOT_YOURS && setTimeout(connect, AGAIN_MS);
}

if (app) connect();
