// The palette: arrows choose a line, Enter takes it; the words stay in the field meanwhile.
import { all, clamp, on, one } from "./dom.js";
import { open } from "./dialogs.js";

const field = () => one("#palette-text");
const lines = () => all("#found [role=option]");
const chosen = () => one("#found [aria-selected=true]");

function choose(line) {
  for (const other of lines()) other.ariaSelected = String(other === line);
  field()?.setAttribute("aria-activedescendant", line?.id ?? "");
  line?.scrollIntoView({ block: "nearest" });
}

function move(step) {
  const every = lines();
  choose(every[clamp(every.indexOf(chosen()) + step, 0, every.length - 1)]);
}

export function openPalette() {
  if (one("dialog[open]") && !one("#palette[open]")) one("dialog[open]").close();
  open("palette");
  field()?.select();
  if (field()) htmx.trigger(field().form, "refresh");
}

on("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "k") {
    event.preventDefault();
    openPalette();
  }
  if (event.target !== field()) return;
  const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
  if (steps[event.key]) {
    event.preventDefault();
    move(steps[event.key]);
  }
  if (event.key === "Enter" && !event.isComposing) {
    event.preventDefault();
    chosen()?.click();
  }
});
on("htmx:after:swap", () => one("#found") && !chosen() && choose(lines()[0]));
on("pointermove", (event) => {
  const line = event.target.closest?.("#found [role=option]");
  if (line && line !== chosen()) choose(line);
});
on("click", (event) => {
  if (event.target.closest("[data-open=palette]")) setTimeout(openPalette);
  if (event.target.closest("#found [role=option]")) setTimeout(() => one("#palette")?.close());
});
