// The Data tab.
import "connector/morph";
import "connector/undo";
import "data/follow";
import "data/table";
