// @ts-check
/** Marks images that cannot be loaded on the canvas, which runs no scripts, as on a visitor's page. */
import { onPage } from "design/ground";
import { watchImages } from "live/elements/image";

onPage(watchImages);
