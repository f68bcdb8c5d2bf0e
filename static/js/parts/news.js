// @ts-check
/**
 * What another tab or another person changes in this app: the tab that is open follows it as it follows an undo, and
 * what a hand is typing stays. A socket that was away finds by the app's mark whether it missed something. Who else is
 * here is told by the event `sw-here`.
 */
import { get, tab } from "lib/http";
import { elsewhere } from "lib/journal";
import { toast } from "lib/toast";

const PAUSE_MS = 250; // several changes in a row are followed once
const AGAIN_MS = 2000;
const NOT_YOURS = 4004;

const { app, page = "" } = document.body.dataset;
let mark = "";
// The newest mark that is not this tab's own.
let theirs = "";
let timer = 0;
/** @type {{ who: string, label: string }[]} what others did since the tab followed last */
const by = [];

/** @param {import("builder/consumers").Told} news */
function heard(news) {
  if ("here" in news) return document.dispatchEvent(new CustomEvent("sw-here", { detail: news.here }));
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

/** What undo and redo would do may have changed, too. What cannot be asked now is asked after the next change. */
async function follow() {
  const names = await get(`/apps/${app}/history/`).catch(() => null);
  if (names) elsewhere({ ...names, by: by.splice(0) });
}

// An answer of before what somebody else did, which came after it: the tab shows less than it showed.
document.addEventListener("sw-changed", ({ detail }) => detail.mark && detail.mark < theirs && later());
document.addEventListener("sw-refused", follow);

function connect() {
  const at = `?tab=${document.documentElement.dataset.tab}&page=${page}`;
  const socket = new WebSocket(new URL(`/ws/editor/${app}/${at}`, location.href.replace(/^http/, "ws")));
  socket.onmessage = (event) => heard(JSON.parse(event.data));
  socket.onclose = (event) => (event.code === NOT_YOURS ? out() : setTimeout(connect, AGAIN_MS));
}

function out() {
  if (mark)
    toast({
      sentence: "You are signed out, or no longer in this app.",
      todo: "What you see here may be old. Load the page again to sign in.",
    });
}

if (app) connect();
