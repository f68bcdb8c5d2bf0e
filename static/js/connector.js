// The modules of the API connector, besides those of the editor.
import "lib/morph";
import "connector/follow";
import "connector/calls";
import "connector/choose";
import "connector/chosen";
import "connector/frame_list";
import "connector/frames";
import "connector/import";
import "connector/initialize";
import "connector/json_editor";
import "connector/picks";
import "connector/returned";
import "connector/two";
import "parts/undo";
import "connector/url";
