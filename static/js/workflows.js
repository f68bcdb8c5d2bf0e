// The Workflows tab.
import "lib/morph";
import "parts/undo";
import "parts/expr";
import "workflows/flow";
import "workflows/follow";
import "workflows/picker";
import "workflows/runs";
