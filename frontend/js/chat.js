// A conversation: Enter sends, Shift+Enter starts another line, what is new stays in sight.
import { on, one, root } from "./dom.js";

const NEAR = 160;
const nearEnd = () => root.scrollHeight - window.innerHeight - window.scrollY < NEAR;
const toEnd = () => window.scrollTo({ top: root.scrollHeight });
let follows = true;

on("keydown", (event) => {
  if (!event.target.matches?.("form.say textarea")) return;
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});
on("submit", (event) => {
  if (event.target.matches("form.say")) follows = true;
});
on("scroll", () => (follows = nearEnd()), { passive: true });

const chat = one("#chat");
if (chat) {
  new MutationObserver(() => follows && toEnd()).observe(chat.parentElement, {
    childList: true,
    subtree: true,
    characterData: true,
  });
  toEnd();
}
