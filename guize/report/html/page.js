"use strict";
(() => {
  const root = document.documentElement, all = s => [...document.querySelectorAll(s)];
  // each text stands here in the language the page opened in; the list has the other one, by number
  const spans = all("[data-w]"), words = JSON.parse(document.getElementById("words").textContent);
  const opened = root.dataset.lang, first = spans.map(e => e.textContent);
  const speak = lang => {
    if (lang !== root.dataset.lang) spans.forEach((e, i) => {
      e.textContent = lang === opened ? first[i] : words[e.dataset.w];
    });
    root.dataset.lang = lang;
    root.lang = lang === "zh" ? "zh-CN" : "en";
    for (const e of all("[data-zh]")) {
      const said = e.dataset[lang];
      if (e.tagName === "OPTION" || e.tagName === "TITLE") e.textContent = said;
      else e.setAttribute("aria-label", said);
    }
  };
  const filter = () => {
    const shown = new Set(all("input[name=severity]:checked").map(e => e.value));
    const check = document.getElementById("check")?.value || "";
    let number = 0;
    for (const f of all(".finding")) {
      f.hidden = !shown.has(f.dataset.severity) || (check !== "" && f.dataset.check !== check);
      number += !f.hidden;
    }
    for (const e of all(".shown")) e.textContent = number;
  };
  const follow = () => {
    const to = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!to) return;
    for (let e = to; e; e = e.parentElement) {
      if (e.tagName === "DETAILS") e.open = true;
      if (e.hidden) {  // a filter hides what was asked for: show everything again
        for (const box of all("input[name=severity]")) box.checked = true;
        document.getElementById("check").value = "";
        filter();
      }
    }
    to.querySelector(":scope > details")?.setAttribute("open", "");
    to.scrollIntoView();
  };
  document.getElementById("language").addEventListener("click", () => speak(root.dataset.lang === "zh" ? "en" : "zh"));
  for (const e of all("input[name=severity],#check")) e.addEventListener("change", filter);
  for (const e of all("[data-open]")) e.addEventListener("click", () => {
    for (const d of all(".finding details")) d.open = e.dataset.open === "yes";
  });
  addEventListener("hashchange", follow);
  document.getElementById("whole").addEventListener("change", e => root.toggleAttribute("data-whole", e.target.checked));
  addEventListener("beforeprint", () => { for (const d of all("details")) d.open = true; });
  speak(root.dataset.lang);
  filter();
  follow();
})();
