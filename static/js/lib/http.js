// @ts-check
/**
 * Requests to our own server. Errors have the server's sentence, why and todo.
 *
 *   import { post } from "lib/http";
 *   const answer = await post("/apps/juniper/changes/", { label: "Move Stop", changes });
 */
import { lookOnly } from "lib/looks";

/** An error response, with a message for the user. */
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

/** Identifies this tab, so that it recognises its own changes in notifications. */
export const tab = Math.random().toString(36).slice(2);

const UNREACHABLE = {
  sentence: "The server cannot be reached.",
  todo: "Check the connection. Nothing was lost on the server.",
};
const AWAY = [502, 503, 504];
const AGAIN_MS = 2000;

/** Wait until a retry makes sense: when the browser is online again, or after a short delay. */
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

/** The CSRF token. */
export function csrf() {
  return document.querySelector('meta[name="csrf"]')?.getAttribute("content") || "";
}

/**
 * @param {string} url @param {unknown} [json] @param {RequestInit} [options]
 * @returns {Promise<any>} the JSON of the response
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

/** @param {string} url @param {RequestInit} [options] @returns {Promise<any>} the JSON of the response */
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
  // A proxy responds while the server restarts.
  if (!body && AWAY.includes(response.status)) throw new Failure(UNREACHABLE);
  if (response.ok) return body;
  if (body?.error?.code === "only_looks") lookOnly(body.error);
  throw new Failure(body?.error || { sentence: `The server answered ${response.status}.` }, response.status);
}
