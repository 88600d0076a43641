// One region and one event, whoever fires it: the server decides what is said.
import { all, byHand, details, make, on, one, post } from "./dom.js";

const MOST = 3;
const region = one("#toasts");
const spoken = one("#say");

export function toast({ text, action, kind = "ok" }) {
  const box = make("div", { className: "toast glass" }, make("span", { textContent: text }));
  box.dataset.kind = kind;
  if (action) {
    const button = make("button", { className: "btn sm", type: "button", textContent: action.label });
    button.addEventListener("click", () => act(action, box));
    box.append(button);
  }
  for (const old of all(".toast", region)) if (same(old, box)) old.remove();
  region.append(box);
  spoken.textContent = text;
  while (all(".toast", region).length > MOST) one(".toast", region).remove();
  raise();
  expire(box, action ? 8000 : 5000);
}

// The same complaint twice says no more than once.
const same = (old, box) => box.dataset.kind === "error" && old.textContent === box.textContent;

// What was done last is the server's to know: it holds after a reload, and in every tab.
export const undo = () => post("/changes/undo");

function act(action, box) {
  box?.remove();
  post(action.url, action.values);
}

// Outside a modal dialog everything is inert, so the region moves into the open one.
export function raise() {
  (one("dialog:modal") ?? document.body).append(region);
  if (!region.showPopover) return;
  if (region.matches(":popover-open")) region.hidePopover();
  region.showPopover();
}

function expire(box, duration) {
  let timer = setTimeout(() => box.remove(), duration);
  const hold = () => clearTimeout(timer);
  const release = () => {
    clearTimeout(timer);
    timer = setTimeout(() => box.remove(), 2000);
  };
  box.addEventListener("pointerenter", hold);
  box.addEventListener("focusin", hold);
  box.addEventListener("pointerleave", release);
  box.addEventListener("focusout", release);
}

on("app:toast", (event) => toast(details(event)));
on("htmx:error", (event) => {
  const { ctx, error } = event.detail ?? {};
  if (error?.name === "AbortError" || (ctx && !byHand(ctx))) return;
  toast({ text: region.dataset[navigator.onLine ? "lost" : "off"], kind: "error" });
});
