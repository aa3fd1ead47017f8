// The slider: hides what came after a day, and shows the figures of that day. Without this, everything is shown.
"use strict";
const figures = JSON.parse(document.getElementById("figures").textContent);
const box = document.getElementById("asof"), slider = document.getElementById("day"), shown = document.getElementById("shown-day");
const MARKS = { for: "▲", against: "▼", observing: "●" };
const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const written = (day) => `${Number(day.slice(8))} ${months[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`;
const percent = (p) => `${Math.round(p * 100)}\u202f%`;
const signed = (x) => (Math.abs(x) < 0.005 ? "" : x < 0 ? "−" : "+") + Math.abs(x).toFixed(2);
const many = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;
const number = (day) => Date.parse(day + "T00:00:00Z") / 864e5;

function made(tag, words, more) {
  const one = document.createElement(tag);
  one.textContent = words;
  return Object.assign(one, more);
}

function placeOf(stretches, day) {
  let x = stretches[0][2];
  for (const [first, last, left, right] of stretches) {
    if (day < first) return x;
    x = right;
    if (day <= last) return left + ((right - left) * (number(day) - number(first))) / Math.max(1, number(last) - number(first));
  }
  return x;
}

function row(name, point) {
  const line = document.createElement("tr");
  line.append(made("th", name, { scope: "row" }));
  const word = document.createElement("td");
  if (point.side) {
    const link = made("a", `${MARKS[point.side]} ${point.side}`, { className: point.side });
    if (point.place) link.setAttribute("href", point.place);
    word.append(link);
  }
  const relayed = point.relays ? String(point.relays) : "";
  line.append(word, made("td", point.on ? written(point.on) : ""), made("td", relayed, { className: "n" }));
  line.append(made("td", signed(point.adds), { className: "n" }));
  return line;
}

function standing(id, day) {
  return figures.questions[id]?.findLast((point) => point.on <= day);
}

function figuresOf(id, part, day) {
  const point = standing(id, day);
  for (const one of part.querySelectorAll(".figure")) one.textContent = point ? percent(point.p) : "–";
  const outlets = point?.outlets ? many(point.outlets, "outlet") : "outlets unknown";
  const words = point ? `${outlets}, ${many(point.origins.length, "independent origin")}` : "nothing on record";
  for (const one of part.querySelectorAll(".counted")) one.textContent = words;
  const table = part.querySelector("table.sum");
  if (!table) return;
  table.hidden = !point;
  if (!point) return;
  const rows = [row("Before anyone spoke", { adds: point.prior }), ...point.origins.map((one) => row(one.name, one))];
  if (point.rivals) rows.push(row("Taken by the alternatives", { adds: point.rivals }));
  table.tBodies[0].replaceChildren(...rows);
  const cells = table.tFoot.rows[0].cells;
  cells[1].textContent = `log-odds, that is ${percent(point.p)}`;
  cells[2].textContent = signed(point.sum);
}

function show(day, all) {
  shown.textContent = written(day);
  for (const one of document.querySelectorAll("[data-day]")) {
    const later = !all && (one.dataset.day === "" || one.dataset.day > day);
    if (one instanceof SVGElement) later ? one.setAttribute("display", "none") : one.removeAttribute("display");
    else one.hidden = later;
  }
  for (const chart of document.querySelectorAll("svg[data-scale]")) {
    const stretches = JSON.parse(chart.dataset.scale);
    const x = placeOf(stretches, day);
    for (const veil of chart.querySelectorAll(".veil")) {
      all || day >= stretches.at(-1)[1] ? veil.setAttribute("display", "none") : veil.removeAttribute("display");
      const [cover, line] = veil.children;
      cover.setAttribute("x", `${x}%`);
      cover.setAttribute("width", `${100 - x}%`);
      line.setAttribute("x1", `${x}%`);
      line.setAttribute("x2", `${x}%`);
    }
  }
  for (const part of document.querySelectorAll("[data-question]")) figuresOf(part.dataset.question, part, all ? "9999" : day);
}

function at(place) {
  const last = figures.days.length - 1;
  slider.value = place;
  slider.setAttribute("aria-valuetext", written(figures.days[place]));
  show(figures.days[place], place === last);
}

// An address may end in #as-of-2025-05-20, a claim or an article; a folded article opens.
function go() {
  const name = decodeURIComponent(location.hash.slice(1));
  const day = /^as-of-(\d{4}-\d\d-\d\d)$/.exec(name)?.[1];
  if (slider && day) at(Math.max(0, figures.days.findLastIndex((one) => one <= day)));
  const folded = document.getElementById(name)?.closest("details");
  if (folded) folded.open = true;
}

if (slider) {
  box.hidden = false;
  slider.addEventListener("input", () => at(Number(slider.value)));
  document.getElementById("all").addEventListener("click", () => at(figures.days.length - 1));
}
addEventListener("hashchange", go);
go();
