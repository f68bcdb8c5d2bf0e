// The Workflows tab.
import "connector/morph";
import "connector/undo";
import "parts/expr";
import "workflows/flow";
import "workflows/follow";
import "workflows/picker";
import "workflows/runs";
