// The Design tab: palette, tree, canvas and panel.
import "parts/expr";
import "parts/undo";
import "design/follow";
import "design/canvas";
import "design/crumbs";
import "design/others";
import "design/look";
import "design/outline";
import "design/pages";
import "design/palette";
import "design/panel";
import "design/places";
import "design/regions";
import "design/sizes";
import "design/tree";
