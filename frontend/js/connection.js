// Says whether the page is told of changes, and catches up after a gap.
import { on, one, root } from "./dom.js";
import { refresh } from "./regions.js";

let lost = false;

function show(connected) {
  const line = one("#connection");
  line.dataset.state = connected ? "on" : "off";
  line.lastElementChild.textContent = line.dataset[connected ? "on" : "off"];
}

on("app:hello", () => {
  root.dataset.live = "1";
  show(true);
  if (lost) refresh();
  lost = false;
});
addEventListener("offline", () => show(false));
addEventListener("online", () => {
  refresh();
  if (!lost) show(true);
});
for (const name of ["htmx:sse:error", "htmx:sse:close"]) {
  on(name, () => {
    lost = true;
    show(false);
  });
}
