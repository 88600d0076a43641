// `data-busy` counts the requests under way: for the styles, and for whoever waits.
import { on, root } from "./dom.js";

let busy = 0;
function count(step) {
  busy = Math.max(0, busy + step);
  root.dataset.busy = busy;
}

root.dataset.busy = 0;
on("htmx:before:request", () => count(1));
on("htmx:finally:request", () => count(-1));
