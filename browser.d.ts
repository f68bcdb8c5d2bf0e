/** Globals available to browser modules besides their imports. */

import type { Change, Names } from "builder/views/changes";
import type { Asked } from "builder/views/compose";
import type { Parts } from "builder/views/parts";
import type { FrameList } from "connector/frame_list";
import type { Frames } from "connector/frames";
import type { Canvas } from "design/canvas";
import type { Tree } from "design/tree";
import type { Tabs } from "parts/tabs";
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

  interface HTMLElementTagNameMap {
    "sw-canvas": Canvas;
    "sw-frame-list": FrameList;
    "sw-frames": Frames;
    "sw-tabs": Tabs;
    "sw-tree": Tree;
  }

  /** Events that our modules dispatch on elements. */
  interface HTMLElementEventMap {
    /** A frame was chosen (connector/frame_list). */
    "sw-frame": CustomEvent<{ n: number }>;
    /** A value in a frame was pressed (connector/picks). */
    "sw-pick": CustomEvent<{ path: string }>;
    /** The key of the element under the pointer (design/canvas_presses). */
    "sw-hover": CustomEvent<string>;
    /** What a rectangle being drawn would select, none once it is gone (design/marquee). */
    "sw-caught": CustomEvent<string[]>;
    /** Whether a text is being edited on the canvas (design/in_place). */
    "sw-writing": CustomEvent<boolean>;
    /** A tab was chosen (parts/tabs). */
    "sw-tab": CustomEvent<{ panel: string | null }>;
  }

  /** Events that they, and htmx, dispatch on the document. */
  interface DocumentEventMap {
    /** The app was changed, here or elsewhere (lib/journal). */
    "sw-changed": CustomEvent<Change & Names & { verb: string }>;
    /** Tree and canvas were just updated (design/follow). */
    "sw-drawn": CustomEvent<Parts & { change: Change }>;
    /** The selection: the primary element and all; `drawn`: the panel shows it already (design/selection). */
    "sw-select": CustomEvent<{ node: string; nodes: string[]; drawn: boolean }>;
    /** The breakpoint that edits apply to (design/scope). */
    "sw-scope": CustomEvent<{ scope: string }>;
    /** Go to an element of the open page (parts/commands). */
    "sw-go": CustomEvent<{ node: string }>;
    /** A field requests the composer (parts/expr). */
    "sw-compose": CustomEvent<Asked>;
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
