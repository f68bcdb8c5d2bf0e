// @ts-check
/**
 * Fetches a fragment of HTML rendered by the server, for a script to insert.
 *
 *   list.append(await fragment("/…/frames/?from=100"));          view.replaceChildren(await fragment(url, { form }));
 */
import { csrf, Failure } from "lib/http";

/**
 * @param {string} url @param {{ form?: FormData, signal?: AbortSignal }} [options] with a form, the request is a POST
 * @returns {Promise<DocumentFragment & { headers?: Headers }>}
 */
export async function fragment(url, { form, signal } = {}) {
  const headers = { "HX-Request": "true", ...(form && { "X-CSRFToken": csrf() }) };
  const answer = await fetch(url, {
    method: form ? "POST" : "GET",
    body: form,
    headers,
    signal,
    credentials: "same-origin",
  });
  if (!answer.ok)
    throw new Failure({ sentence: "This could not be shown.", todo: "Reload the page and try again." }, answer.status);
  const template = document.createElement("template");
  template.innerHTML = await answer.text();
  return Object.assign(template.content, { headers: answer.headers });
}
