/** What a browser module finds beside what it imports. */

import type { Names } from "builder/views/changes";
import type { Present } from "builder/consumers";

declare global {
  /** The classic script of django-htmx, as far as our modules speak to it. */
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

  /** What our modules tell each other on the document. */
  interface DocumentEventMap {
    /** The app was changed, here or elsewhere (lib/journal). */
    "sw-changed": CustomEvent<
      Names & { verb: string; documents: Record<string, number>; mark?: string; by?: object[] }
    >;
    /** Where what was done stands (lib/saving). */
    "sw-saving": CustomEvent<{ state: "saving" | "saved" | "offline" | "failed"; sentence?: string; todo?: string }>;
    /** Who else is in the app (parts/news). */
    "sw-here": CustomEvent<Present[]>;
    /** The live page has its visit (live/page). */
    "sw:visit": CustomEvent<string>;
  }
}
