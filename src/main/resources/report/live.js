// Follows what others change: a run that is recorded, a session that others answer in too.
(() => {
  "use strict";
  if (!window.EventSource) return;

  // ---- a run: the page is fetched anew, and what is looked into stays as it is
  const run = document.querySelector("[data-live]");
  const panels = (within) => [...within.querySelectorAll("figure[data-panel]")].map((f) => f.dataset.panel).join();
  const swap = (fresh) => {
    const open = new Set([...run.querySelectorAll("details[open]")].map((d) => d.textContent.slice(0, 80)));
    const drawn = run.querySelector("[data-drawn]");
    const next = fresh.querySelector("[data-curves]");
    const keep = drawn && next && panels(drawn) === panels(next);
    if (keep) next.replaceWith(drawn);
    run.replaceChildren(...fresh.childNodes);
    run.dataset.version = fresh.dataset.version;
    run.querySelectorAll("details").forEach((d) => {
      if (open.has(d.textContent.slice(0, 80))) d.open = true;
    });
    document.dispatchEvent(new CustomEvent("aitia:shown", { detail: { within: run } }));
    if (keep) drawn.dispatchEvent(new Event("aitia:points"));
  };
  // What draws curves comes with the first of them.
  const need = (page) =>
    page.querySelectorAll("head script[src], head link[rel=stylesheet]").forEach((e) => {
      const at = e.tagName === "SCRIPT" ? "src" : "href";
      if (document.querySelector(`${e.tagName}[${at}="${e.getAttribute(at)}"]`)) return;
      const own = document.createElement(e.tagName);
      if (at === "href") own.rel = "stylesheet";
      own[at] = e.getAttribute(at);
      document.head.append(own);
    });
  let busy = false;
  let again = false;
  const show = async () => {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    try {
      const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } });
      if (answer.redirected) {
        location.assign(answer.url);
        return;
      }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-live]");
      if (answer.ok && fresh) {
        swap(fresh);
        need(page);
      }
    } catch {
      // the stream comes again when the service does
    } finally {
      busy = false;
      if (again) {
        again = false;
        show();
      }
    }
  };
  if (run) {
    const stream = new EventSource(run.dataset.live);
    const news = (e) => {
      if (e.lastEventId !== run.dataset.version) show();
    };
    stream.addEventListener("standing", news);
    ["end", "gone"].forEach((type) =>
      stream.addEventListener(type, () => {
        stream.close();
        show();
      }),
    );
  }

  // ---- a session: shown anew at once, unless that would take away what is being written
  const session = document.querySelector("[data-session]");
  if (!session) return;
  let touched = false;
  let left = false;
  document.querySelectorAll("main form").forEach((form) => {
    form.addEventListener("input", () => (touched = true));
    form.addEventListener("submit", () => (left = true));
  });
  const stream = new EventSource(session.dataset.session);
  stream.addEventListener("changed", (e) => {
    if (left || e.lastEventId === session.dataset.version) return;
    if (touched) session.querySelector(".news").hidden = false;
    else location.replace(location.pathname);
  });
  stream.addEventListener("gone", () => {
    stream.close();
    session.querySelector(".news").hidden = false;
  });
  addEventListener("pagehide", () => stream.close());
})();
