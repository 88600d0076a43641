import "htmx.org/dist/htmx.esm.js";
import "htmx.org/dist/ext/hx-csp.js";
import "./busy.js";
import "./toasts.js";
import "./dialogs.js";
import "./capture.js";
import "./chat.js";
import "./clocks.js";
import "./connection.js";
import "./drag.js";
import "./hours.js";
import "./keyboard.js";
import "./palette.js";
import "./regions.js";
import "./rows.js";
import "./selection.js";

document.documentElement.dataset.ready = "1";
