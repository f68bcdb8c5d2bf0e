/** What `drawn` in `parts.py` sends: the parts of the Design tab that depend on a change. */
import type { Pieces } from "builder/drawing/pieces";

export interface Parts {
  /** The selection that the panel is for: the primary element and all of them. */
  node: string;
  nodes: string[];
  /** The breakpoint and the previewed conditions it is drawn for. */
  seen: string;
  /** HTML. */
  panel: string;
  status: string;
  reusables: string;
  tree: Pieces;
  canvas: Pieces;
  /** The text of the page's own style sheet. */
  look: string;
  /** Names by key. */
  pages: Record<string, string>;
  /** Instead of all this, if the page was deleted: the URL to continue at. */
  gone?: string;
}
