// Pages work without this. It marks that scripts run, starts the design system's own, and closes what has been opened.
import { initAll } from "./vendor/nhsuk-frontend-10.6.1.min.js";

document.body.classList.add("js-enabled", "nhsuk-frontend-supported"); // first: initAll asks for them
initAll();

const opened = () => document.querySelectorAll("details.hg-pop[open]");

document.addEventListener("click", (event) => {
  for (const one of opened()) {
    if (!one.contains(event.target)) one.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const one of opened()) {
    const inside = one.contains(document.activeElement);
    one.open = false;
    if (inside) one.querySelector("summary").focus();
  }
});
