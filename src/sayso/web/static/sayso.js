// Makes the pages quicker to use; every page works without it.
"use strict";

// --- the day slider: what stands below it is fetched again as of the day, in place -------------------------------------------

function slide(form) {
  const days = form.dataset.asof.split(" ").filter(Boolean);
  const range = form.querySelector("[type=range]");
  const day = form.querySelector("[type=date]");
  if (days.length < 2) return;
  range.hidden = false;
  range.setAttribute("aria-valuetext", day.value);
  range.addEventListener("input", () => {
    day.value = days[range.value];
    range.setAttribute("aria-valuetext", day.value);
    clearTimeout(slide.waiting);
    slide.waiting = setTimeout(() => show(form, Number(range.value) === days.length - 1 ? "" : day.value), 120);
  });
}

async function show(form, day) {
  const address = new URL(form.action);
  if (day) address.searchParams.set("as_of", day);
  slide.asked?.abort();
  slide.asked = new AbortController();
  try {
    const answer = await fetch(address, { signal: slide.asked.signal });
    if (!answer.ok) return location.assign(address);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [old, fresh] = [document.getElementById("standing"), page.getElementById("standing")];
    const focused = document.activeElement?.type;
    old.replaceWith(document.adoptNode(fresh));
    history.replaceState(null, "", address);
    ready(fresh);
    if (focused === "range") fresh.querySelector(".asof [type=range]")?.focus({ preventScroll: true });
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address);
  }
}

// --- an article: the claim under the pointer, the finger or the keyboard ------------------------------------------------------

function article(root) {
  const cards = root.querySelector(".cards");
  if (!cards) return;
  const popup = document.getElementById("popup");
  let pinned = false;

  const light = (numbers) => {
    root.querySelectorAll(".m.lit, .card.lit").forEach((one) => one.classList.remove("lit"));
    if (!numbers) return;
    const wanted = numbers.split(" ");
    root.querySelectorAll(".text .m, h1 .m").forEach((one) => {
      if (one.dataset.claims.split(" ").some((number) => wanted.includes(number))) one.classList.add("lit");
    });
    const first = document.getElementById(`c-${wanted[0]}`);
    wanted.forEach((number) => document.getElementById(`c-${number}`)?.classList.add("lit"));
    if (matchMedia("(min-width: 62rem)").matches) cards.scrollTop = first.offsetTop - cards.offsetTop - 40;
  };
  const close = () => { popup.hidden = true; pinned = false; light(""); };
  const open = (mark) => {
    light(mark.dataset.claims);
    pinned = true;
    popup.replaceChildren(...mark.dataset.claims.split(" ").flatMap((number) =>
      [...document.getElementById(`c-${number}`).children].map((one) => one.cloneNode(true))));
    const button = document.createElement("button");
    button.className = "close";
    button.textContent = "Close";
    button.addEventListener("click", () => { close(); mark.focus?.(); });
    popup.append(button);
    popup.hidden = false;
    return button;
  };
  root.addEventListener("pointerover", (event) => {
    const mark = event.target.closest?.(".m[data-claims]:not(.own)");
    if (!pinned && event.pointerType === "mouse") light(mark?.dataset.claims ?? "");
  });
  root.addEventListener("focusin", (event) => {
    const mark = event.target.closest?.(".m.cue");
    if (mark && !pinned) light(mark.dataset.claims);
  });
  root.addEventListener("click", (event) => {
    const mark = event.target.closest?.(".m[data-claims]:not(.own)");
    if (!mark) return;
    event.preventDefault();
    const button = open(mark);
    if (event.detail) return; // by pointer: leave the focus where it is
    if (getComputedStyle(popup).display === "none") {
      document.getElementById(`c-${mark.dataset.claims.split(" ")[0]}`).focus({ preventScroll: true });
    } else button.focus();
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  document.addEventListener("click", (event) => {
    if (pinned && !event.target.closest(".m, .popup, .card")) close();
  });
}

// --- keys ---------------------------------------------------------------------------------------------------------------------

const KEYS = [["/", "search"], ["j", "next"], ["k", "one back"], ["Enter", "open it"], ["Esc", "let go"], ["?", "these keys"]];

function step(by) {
  const items = [...document.querySelectorAll("main [data-item]")].filter((one) => one.offsetParent !== null);
  if (!items.length) return;
  const next = items[Math.min(items.length - 1, Math.max(0, items.findIndex((one) => one.classList.contains("at")) + by))] ?? items[0];
  items.forEach((one) => one.classList.toggle("at", one === next));
  next.scrollIntoView({ block: "nearest" });
  next.querySelector("a[href]")?.focus({ preventScroll: true });
}

function keys() {
  let dialog = document.querySelector("dialog.keys");
  if (!dialog) {
    dialog = document.createElement("dialog");
    dialog.className = "keys";
    dialog.setAttribute("aria-label", "Keys");
    const list = document.createElement("dl");
    for (const [key, what] of KEYS) {
      const [term, meaning] = [document.createElement("dt"), document.createElement("dd")];
      term.append(Object.assign(document.createElement("kbd"), { textContent: key }));
      meaning.textContent = what;
      list.append(term, meaning);
    }
    const shut = Object.assign(document.createElement("button"), { textContent: "Close" });
    shut.addEventListener("click", () => dialog.close());
    dialog.append(list, shut);
    document.body.append(dialog);
  }
  if (!dialog.open) dialog.showModal();
}

document.addEventListener("keydown", (event) => {
  const writing = event.target.closest?.("input:not([type=range]), textarea, select, [contenteditable]");
  if (writing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
  else if (event.key === "?") keys();
  else if (event.key === "/") {
    event.preventDefault();
    const field = document.getElementById("q");
    if (field) field.select();
    else location.assign("/search");
  }
});

function ready(root) {
  root.querySelectorAll("form[data-asof]").forEach(slide);
  root.querySelectorAll("article.read").forEach(article);
}

document.querySelectorAll("[data-keys]").forEach((one) => {
  one.hidden = false;
  one.addEventListener("click", keys);
});
if (location.pathname === "/search") {
  const field = document.getElementById("q");
  if (field && !field.value) field.focus();
}
ready(document);
