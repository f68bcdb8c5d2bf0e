// The Data tab.
import "lib/morph";
import "parts/undo";
import "data/follow";
import "data/table";
