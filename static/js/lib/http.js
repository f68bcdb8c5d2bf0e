// @ts-check
/**
 * Requests to our own server. Errors carry the server's sentence, why and todo.
 *
 *   import { post } from "lib/http";
 *   const answer = await post("/apps/juniper/changes/", { label: "Move Stop", changes });
 */

/** An answer that says in words what went wrong. */
export class Failure extends Error {
  /** @param {{ code?: string, sentence?: string, why?: string, todo?: string, data?: object }} error @param {number} status */
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

/** The token that proves a request comes from one of our pages. */
export function csrf() {
  return document.querySelector('meta[name="csrf"]')?.getAttribute("content") || "";
}

/** @param {string} url @param {unknown} [json] @param {RequestInit} [options] @returns {Promise<any>} the JSON of the answer */
export function post(url, json = {}, options = {}) {
  const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrf(), "X-Tab": tab };
  return request(url, { method: "POST", headers, body: JSON.stringify(json), ...options });
}

/** @param {string} url @param {RequestInit} [options] @returns {Promise<any>} the JSON of the answer */
export function get(url, options = {}) {
  return request(url, { headers: { Accept: "application/json" }, ...options });
}

/** @param {string} url @param {RequestInit} options */
async function request(url, options) {
  const response = await fetch(url, { credentials: "same-origin", ...options }).catch((error) => {
    if (error.name === "AbortError") throw error;
    throw new Failure({ sentence: "The server cannot be reached.", todo: "Check the connection. Nothing was lost on the server." });
  });
  const body = await response.json().catch(() => null);
  if (!response.ok) throw new Failure(body?.error || { sentence: `The server answered ${response.status}.` }, response.status);
  return body;
}
