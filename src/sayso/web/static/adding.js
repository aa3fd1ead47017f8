// Tells how far an adding is without loading the page again; loads it once when all is done. Without this script the page reloads itself.
"use strict";
(() => {
  const box = document.querySelector("[data-job]");
  if (!box) return;
  const put = (name, words) => {
    const at = box.querySelector(`[data-${name}]`);
    if (at && at.textContent !== String(words)) at.textContent = words;
  };
  const words = (page) => {
    if (page.state === "waiting") return page.before ? `Waiting: ${page.before} before it.` : "Waiting.";
    if (page.state === "sorting") return "All read; sorting it into stories.";
    return page.rate ? `Reading, ${page.rate.toLocaleString("en")} words a second.` : "Reading.";
  };
  let missed = 0;
  const look = async () => {
    try {
      const answer = await fetch(`/add/${box.dataset.job}.json`, { headers: { accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const page = await answer.json();
      missed = 0;
      if (page.state === "done" || page.state === "failed") { location.reload(); return; }
      put("words", words(page));
      for (const name of ["done", "total", "read", "known", "claims"]) put(name, page[name]);
      const bar = box.querySelector("progress");
      if (bar) { bar.max = page.total; bar.value = page.done; }
    } catch {
      missed += 1;
      if (missed > 20) { put("words", "The server does not answer; load this page again when it runs."); return; }
    }
    setTimeout(look, 700);
  };
  setTimeout(look, 400);
})();
