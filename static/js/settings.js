// The Settings tab.
import "lib/morph";
import "settings/follow";
