// @ts-check
/**
 * Requests to our own server. Errors carry the server's sentence, why and todo.
 *
 *   import { post } from "lib/http";
 *   const answer = await post("/apps/juniper/changes/", { label: "Move Stop", changes });
 */

/** An answer that says in words what went wrong. */
export class Failure extends Error {
  /**
   * @param {{ code?: string, sentence?: string, why?: string, todo?: string, data?: object }} error
   * @param {number} status
   */
  constructor(error, status = 0) {
    super(error.sentence || "The server gave no answer.");
    this.status = status;
    this.code = error.code || "offline";
    this.sentence = this.message;
    this.why = error.why || "";
    this.todo = error.todo || "";
    this.data = error.data || {};
  }
}

/** This tab, so that it knows its own changes among the news. */
export const tab = Math.random().toString(36).slice(2);

const UNREACHABLE = {
  sentence: "The server cannot be reached.",
  todo: "Check the connection. Nothing was lost on the server.",
};
const AWAY = [502, 503, 504];
const AGAIN_MS = 2000;

/** Until it is worth another try: when the browser is back in the net, or a while later. */
export function reachable() {
  return new Promise((resolve) => {
    const back = new AbortController();
    const timer = setTimeout(() => back.abort(), AGAIN_MS);
    addEventListener("online", () => back.abort(), { signal: back.signal });
    back.signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve(undefined);
    });
  });
}

/** The token that proves a request comes from one of our pages. */
export function csrf() {
  return document.querySelector('meta[name="csrf"]')?.getAttribute("content") || "";
}

/**
 * @param {string} url @param {unknown} [json] @param {RequestInit} [options]
 * @returns {Promise<any>} the JSON of the answer
 */
export function post(url, json = {}, options = {}) {
  const headers = {
    "Content-Type": "application/json",
    Accept: "application/json",
    "X-CSRFToken": csrf(),
    "X-Tab": tab,
  };
  return request(url, {
    method: "POST",
    body: JSON.stringify(json),
    ...options,
    headers: { ...headers, ...options.headers },
  });
}

/** @param {string} url @param {RequestInit} [options] @returns {Promise<any>} the JSON of the answer */
export function get(url, options = {}) {
  return request(url, { headers: { Accept: "application/json" }, ...options });
}

/** @param {string} url @param {RequestInit} options */
async function request(url, options) {
  const response = await fetch(url, { credentials: "same-origin", ...options }).catch((error) => {
    if (error.name === "AbortError") throw error;
    throw new Failure(UNREACHABLE);
  });
  const body = await response.json().catch(() => null);
  // A proxy answers for a server that starts anew.
  if (!body && AWAY.includes(response.status)) throw new Failure(UNREACHABLE);
  if (!response.ok)
    throw new Failure(body?.error || { sentence: `The server answered ${response.status}.` }, response.status);
  return body;
}
