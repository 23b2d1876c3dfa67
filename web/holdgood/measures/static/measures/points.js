// A chart's points: pointing at one, or walking to it with the arrow keys, shows its period, its value and why it is
// marked. Without this script the table beside the chart says the same.
const RING = 9;

for (const card of document.querySelectorAll(".hg-chart")) {
  const told = card.querySelector(".hg-points");
  const box = card.querySelector(".hg-point");
  if (!told || !box) continue;
  const points = JSON.parse(told.textContent);
  for (const picture of card.querySelectorAll("[data-points]")) {
    const svg = picture.querySelector("svg");
    const circles = svg ? [...svg.querySelectorAll(".ptd-touch circle")] : [];
    if (circles.length) walk(picture, svg, circles, points, box);
  }
}

function walk(picture, svg, circles, points, box) {
  const ring = document.createElementNS(svg.namespaceURI, "circle");
  ring.setAttribute("class", "ptd-at");
  ring.setAttribute("r", RING);
  ring.setAttribute("visibility", "hidden");
  svg.insertBefore(ring, svg.querySelector(".ptd-touch"));
  let at = -1;

  const hide = () => {
    at = -1;
    box.hidden = true;
    ring.setAttribute("visibility", "hidden");
  };

  const show = (position) => {
    at = Math.max(0, Math.min(circles.length - 1, position));
    const circle = circles[at];
    const point = points[Number(circle.dataset.row)];
    ring.setAttribute("cx", circle.getAttribute("cx"));
    ring.setAttribute("cy", circle.getAttribute("cy"));
    ring.setAttribute("visibility", "visible");
    box.replaceChildren(strong(`${point.when}: ${point.value}`), ...[point.of, point.seen].filter(Boolean).map(line));
    box.hidden = false;
    place(circle);
  };

  const place = (circle) => {
    const around = box.offsetParent.getBoundingClientRect();
    const where = circle.getBoundingClientRect();
    const middle = where.left + where.width / 2 - around.left;
    const left = Math.max(0, Math.min(around.width - box.offsetWidth, middle - box.offsetWidth / 2));
    const above = where.top - around.top - box.offsetHeight - 8;
    box.style.left = `${left}px`;
    box.style.top = `${above > 0 ? above : where.bottom - around.top + 8}px`;
  };

  picture.tabIndex = 0;
  picture.setAttribute("role", "group");
  picture.setAttribute("aria-label", "Chart. Arrow keys walk through its points.");
  picture.addEventListener("keydown", (event) => {
    const steps = { ArrowRight: at + 1, ArrowLeft: at < 0 ? circles.length - 1 : at - 1, Home: 0, End: circles.length - 1 };
    if (event.key === "Escape") hide();
    if (!(event.key in steps)) return;
    event.preventDefault();
    show(steps[event.key]);
  });
  picture.addEventListener("focusout", hide);
  const point = (event) => {
    if (!circles.includes(event.target)) return;
    const nearest = near(event);
    if (nearest !== at) show(nearest);
  };

  const near = (event) => {
    // Circles of a dense chart overlap: the one on top is not always the one that is meant.
    const there = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    const far = (circle) => Math.hypot(circle.getAttribute("cx") - there.x, circle.getAttribute("cy") - there.y);
    return circles.reduce((best, circle, position) => (far(circle) < far(circles[best]) ? position : best), 0);
  };

  svg.addEventListener("pointerover", point);
  svg.addEventListener("pointermove", point);
  svg.addEventListener("pointerleave", hide);
}

function strong(text) {
  const made = document.createElement("b");
  made.textContent = text;
  return made;
}

function line(text) {
  const made = document.createElement("span");
  made.textContent = text;
  return made;
}
