// @ts-check
/**
 * Changes made to this app by another tab or person: the open tab follows them as it follows an undo, and keeps what is
 * being typed. A socket that reconnects learns from the app's mark whether it missed something. Who else is here, and
 * what they have selected, is announced by the event `sw-here`; they are told what is selected here. People who may no
 * longer change the app are told immediately, and keep what they wrote; once they may again, they go on.
 */
import { get, tab } from "lib/http";
import { elsewhere } from "lib/journal";
import { editAgain, lookOnly, onlyLooks } from "lib/looks";
import { toast } from "lib/toast";
import { Waits } from "live/waits";

const PAUSE_MS = 250; // changes in quick succession are followed once
const NOT_YOURS = 4004;
const OUT = { sentence: "You are signed out, or no longer in this app.", todo: "Load the page again to sign in." };
const STAYS = "What you wrote last stays in its field, so that you can copy it.";

const { app, page = "" } = document.body.dataset;
let mark = "";
// Whether they have lost access to the app, and were told.
let isOut = false;
// The latest mark that is not from this tab.
let theirs = "";
let timer = 0;
/** @type {{ who: string, label: string }[]} what others did since the last time the tab followed */
const by = [];

/** @param {import("builder/consumers").Told} news */
function heard(news) {
  if ("here" in news) return document.dispatchEvent(new CustomEvent("sw-here", { detail: news.here }));
  if ("cut" in news) return cut(news.cut, news.cut.code !== "only_looks");
  if ("edits" in news) return back();
  const missed = mark !== "" && news.mark !== mark && news.tab !== tab;
  mark = news.mark;
  if (!missed) return;
  theirs = mark;
  if (news.who) by.push({ who: news.who, label: news.label });
  later();
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(follow, PAUSE_MS);
}

/** Follow the changes; what undo and redo would do may have changed, too. If the request fails, the next change tries
 * again. */
async function follow() {
  const names = await get(`/apps/${app}/history/`).catch(() => null);
  if (names) elsewhere({ ...names, by: by.splice(0) });
}

// A response from before somebody else's change arrived after it, so the tab shows an older state.
document.addEventListener("sw-changed", ({ detail }) => detail.mark && detail.mark < theirs && later());
document.addEventListener("sw-refused", follow);

const waits = new Waits();
const MOST = 20; // as in builder/consumers.py
const first = new URL(location.href).searchParams.get("node");
let nodes = first ? [first] : /** @type {string[]} */ ([]);
/** @type {WebSocket | undefined} */
let socket;

/** Show the others what is selected. */
function point() {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ nodes: nodes.slice(0, MOST) }));
}

document.addEventListener("sw-select", (event) => {
  nodes = event.detail.nodes.filter((/** @type {string} */ each) => each !== page);
  point();
});

function connect() {
  const at = `?tab=${document.documentElement.dataset.tab}&page=${page}&looks=${onlyLooks() ? 1 : ""}`;
  socket = new WebSocket(new URL(`/ws/editor/${app}/${at}`, location.href.replace(/^http/, "ws")));
  socket.onopen = () => nodes.length && point();
  socket.onmessage = (event) => {
    waits.attempt = 0;
    heard(JSON.parse(event.data));
  };
  socket.onclose = ({ code }) => (code === NOT_YOURS ? mark && cut(OUT, true) : setTimeout(connect, waits.next(code)));
}

/** @param {{ sentence: string, todo: string }} why @param {boolean} out */
function cut(why, out) {
  if (isOut || !lookOnly(why)) return;
  isOut = out;
  toast({ ...why, todo: `${why.todo} ${STAYS}`.trim() });
}

/** They may change the app. A page loaded for somebody who may only look lacks what is needed for that. */
function back() {
  if (!onlyLooks()) return;
  if (!editAgain()) return toast("You can change this app now. Load the page again.");
  toast("You can change this app again.");
  return follow();
}

if (app) connect();
