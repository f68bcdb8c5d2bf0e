// The Styles tab: theme, colours, fonts, named styles.
import "parts/undo";
import "styles/tab";
