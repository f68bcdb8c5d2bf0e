// The modules loaded by every page of the builder. Screens add their own in the block `head`.
import { onlyLooks } from "lib/looks";
import "lib/htmx";
import "composer/opener";
import "parts/address";
import "parts/commands";
import "parts/copy";
import "parts/dialog";
import "parts/divider";
import "parts/drawer";
import "parts/find";
import "parts/here";
import "parts/history";
import "parts/keys";
import "parts/led";
import "parts/longest";
import "parts/menu";
import "parts/nav";
import "parts/news";
import "parts/saved";
import "parts/shortcuts";
import "parts/tabs";
import "parts/theme";
import "parts/toast";
import "parts/vars";

const look = () => import("parts/only_looks").then(({ begin }) => onlyLooks() && begin());
if (onlyLooks()) look();
document.addEventListener("sw-only-looks", look);
