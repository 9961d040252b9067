// Tells a tab of `leitfaden serve` of changes. Published sites do not have it.
"use strict";
{
  const about = document.currentScript.dataset;
  const place = `leitfaden-live:${location.pathname}`;
  const address = `/_leitfaden/events?page=${encodeURIComponent(decodeURIComponent(about.page))}&seen=${about.seen}`;
  let source = null;
  let later = 0;

  const folds = () => [...document.querySelectorAll("details")];

  const reload = () => {
    clearTimeout(later);
    if (document.querySelector("#__search:checked, dialog[open]")) {
      later = setTimeout(reload, 300); // somebody searches: what they have typed would be lost
      return;
    }
    stop();
    const state = { x: scrollX, y: scrollY, open: folds().map((one) => one.open) };
    try {
      sessionStorage.setItem(place, JSON.stringify(state));
    } catch { /* without storage, the page begins at its top */ }
    location.reload();
  };

  const restore = () => {
    let state = null;
    try {
      state = JSON.parse(sessionStorage.getItem(place));
      sessionStorage.removeItem(place);
    } catch { /* as above */ }
    if (!state) return;
    const now = folds();
    if (now.length === state.open.length) now.forEach((one, at) => { one.open = state.open[at]; });
    const scroll = () => scrollTo({ left: state.x, top: state.y, behavior: "instant" });
    scroll();
    addEventListener("load", scroll, { once: true }); // images may have made room for themselves
  };

  const show = (html) => {
    document.querySelector(".lf-live-panel")?.remove();
    if (!html) return;
    const closed = `leitfaden-live-closed:${location.pathname}`;
    try {
      if (sessionStorage.getItem(closed) === html) return;
    } catch { /* then it is shown */ }
    if (!document.querySelector("link[data-lf-live]")) {
      const link = document.createElement("link");
      Object.assign(link, { rel: "stylesheet", href: "/_leitfaden/live.css" });
      link.dataset.lfLive = "";
      document.head.append(link);
    }
    const parsed = new DOMParser().parseFromString(html, "text/html");
    const panel = parsed.querySelector(".lf-live-panel");
    panel.querySelector("[data-lf-close]").addEventListener("click", () => {
      panel.remove();
      try {
        sessionStorage.setItem(closed, html);
      } catch { /* it comes again with the next page */ }
    });
    document.body.append(panel);
  };

  const stop = () => {
    source?.close();
    source = null;
  };

  // Browsers allow few connections to one server: a tab that nobody sees needs none.
  const listen = () => {
    if (document.visibilityState !== "visible") return stop();
    if (source) return;
    source = new EventSource(address);
    source.addEventListener("reload", reload);
    source.addEventListener("findings", (event) => show(JSON.parse(event.data)));
  };

  restore();
  listen();
  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", stop);
  addEventListener("pageshow", listen);
}
