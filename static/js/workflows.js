// The Workflows tab.
import "connector/morph";
import "connector/undo";
import "workflows/flow";
import "workflows/follow";
import "workflows/picker";
import "workflows/runs";
