/** Globals available to browser modules besides their imports. */

import type { Names } from "builder/views/changes";
import type { Present } from "builder/consumers";

declare global {
  /** The classic script of django-htmx, as far as our modules use it. */
  const htmx: {
    ajax(verb: string, path: string | undefined, more: AjaxOptions): Promise<void>;
    defineExtension(name: string, extension: object): void;
  };

  interface AjaxOptions {
    source?: Element | string | null;
    target?: Element | string | null;
    swap?: string;
    values?: object;
    headers?: Record<string, string>;
  }

  /** An htmx request before it is sent. */
  interface RequestConfig {
    verb: string;
    path: string;
    headers: Record<string, string>;
    parameters: Record<string, string | string[]>;
    elt: Element;
  }

  interface Requested {
    xhr: XMLHttpRequest;
    requestConfig: RequestConfig;
  }

  /** Events that our modules dispatch on elements. */
  interface HTMLElementEventMap {
    /** A frame was chosen (connector/frame_list). */
    "sw-frame": CustomEvent<{ n: number }>;
    /** A value in a frame was pressed (connector/picks). */
    "sw-pick": CustomEvent<{ path: string }>;
  }

  /** Events that they, and htmx, dispatch on the document. */
  interface DocumentEventMap {
    /** The app was changed, here or elsewhere (lib/journal). */
    "sw-changed": CustomEvent<Names & { verb: string; mark?: string; by?: object[] }>;
    /** The saving state (lib/saving). */
    "sw-saving": CustomEvent<{ state: "saving" | "saved" | "offline" | "failed"; sentence?: string; todo?: string }>;
    /** Who else is in the app (parts/news). */
    "sw-here": CustomEvent<Present[]>;
    /** The id of the element to focus, and whether to clear it. From the server, in HX-Trigger. */
    "sw-focus": CustomEvent<{ on: string; empties?: boolean }>;
    "htmx:configRequest": CustomEvent<RequestConfig>;
    "htmx:beforeRequest": CustomEvent<Requested>;
    "htmx:afterRequest": CustomEvent<Requested & { successful: boolean }>;
    "htmx:beforeSwap": CustomEvent<Requested & { shouldSwap: boolean }>;
    "htmx:sendError": CustomEvent<Requested>;
    /** The live page has its visit (live/page). */
    "sw:visit": CustomEvent<string>;
  }
}
