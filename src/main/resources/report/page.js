// Makes the page more comfortable; everything can be read and sent without it.
(() => {
  "use strict";
  const $ = (selector, within = document) => within.querySelector(selector);
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];

  // Times as the reader's clock has them.
  const clock = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  const times = (within) =>
    $$("time[datetime]", within).forEach((t) => {
      t.title = t.dateTime;
      t.textContent = clock.format(new Date(t.dateTime));
    });

  // A button beside each piece of code.
  const copies = (within) => $$("pre", within).forEach((pre) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = document.body.dataset.copy;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(pre.textContent);
        button.textContent = document.body.dataset.copied;
      } catch {
        getSelection().selectAllChildren(pre);
      }
    });
    const box = document.createElement("div");
    box.className = "code-box";
    pre.before(box);
    box.append(pre, button);
  });
  const better = (within) => {
    times(within);
    copies(within);
  };
  better(document);
  document.addEventListener("aitia:shown", (e) => better(e.detail.within));

  $$("form[data-confirm]").forEach((form) =>
    form.addEventListener("submit", (e) => {
      if (!confirm(form.dataset.confirm)) e.preventDefault();
    }),
  );

  // What is linked to is open.
  const reveal = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let d = target && target.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
  };
  addEventListener("hashchange", reveal);
  reveal();

  // Leaving an empty filter out of the address.
  $$("form.filter").forEach((form) =>
    form.addEventListener("submit", () => $$("select, input", form).forEach((s) => (s.disabled = !s.value))),
  );

  const form = $("#send");
  if (!form) return;

  const drop = $(".drop", form);
  const progress = $(".progress", form);
  const fault = $(".fault", form);
  const status = $("[role=status]", progress);
  $$(".scripted", form).forEach((e) => (e.hidden = false));

  const refuse = (text) => {
    progress.hidden = true;
    fault.textContent = text;
    fault.hidden = false;
  };

  const send = (files, log) => {
    const data = new FormData();
    files.forEach(([name, file]) => data.append("files", file, name));
    if (log) data.append("log", log);
    const call = new XMLHttpRequest();
    const bar = $("progress", progress);
    fault.hidden = true;
    progress.hidden = false;
    bar.removeAttribute("value");
    call.open("POST", form.action);
    call.setRequestHeader("Accept", "application/json");
    call.upload.onprogress = (e) => {
      const part = e.lengthComputable ? Math.floor((100 * e.loaded) / e.total) : 0;
      bar.value = part;
      status.textContent = form.dataset.sending.replace("#", part + " %");
    };
    call.upload.onload = () => {
      bar.removeAttribute("value");
      status.textContent = form.dataset.working;
    };
    call.onerror = () => refuse(form.dataset.lost);
    call.onload = () => {
      let answer = {};
      try {
        answer = JSON.parse(call.responseText);
      } catch {
        // told below by its status
      }
      if (call.status === 201) location.assign(answer.href);
      else if (call.status === 401) location.reload();
      else {
        const more = (answer.errors || []).map((x) => [x.file || x.field, x.detail].filter(Boolean).join(": "));
        refuse([answer.detail || call.status, ...more.slice(0, 5)].join(" · "));
      }
    };
    call.send(data);
  };

  const named = (list) => [...list].map((f) => [f.webkitRelativePath || f.name, f]);
  const picked = () => $$("input[type=file]", form).flatMap((input) => named(input.files));

  form.addEventListener("change", () => {
    const names = picked().map(([name]) => name);
    $("#picked").textContent = names.length > 4 ? names.slice(0, 4).join(", ") + " … (" + names.length + ")" : names.join(", ");
  });
  form.addEventListener("submit", (e) => {
    e.preventDefault();
    send(picked(), $("#log", form).value);
  });

  // Everything below what was dropped, folders too.
  const below = async (entry, path) => {
    if (entry.isFile) return [[path + entry.name, await new Promise((ok, no) => entry.file(ok, no))]];
    const reader = entry.createReader();
    const found = [];
    for (;;) {
      const some = await new Promise((ok, no) => reader.readEntries(ok, no));
      if (!some.length) return found;
      for (const e of some) found.push(...(await below(e, path + entry.name + "/")));
    }
  };
  ["dragenter", "dragover"].forEach((type) =>
    drop.addEventListener(type, (e) => {
      e.preventDefault();
      drop.classList.add("over");
    }),
  );
  ["dragleave", "drop"].forEach((type) => drop.addEventListener(type, () => drop.classList.remove("over")));
  drop.addEventListener("drop", async (e) => {
    e.preventDefault();
    const entries = [...e.dataTransfer.items].map((i) => i.webkitGetAsEntry && i.webkitGetAsEntry()).filter(Boolean);
    const files = (await Promise.all(entries.map((entry) => below(entry, "")))).flat();
    if (files.length) send(files, "");
  });
})();
