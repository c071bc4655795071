// Draws the curves anew, so that they can be looked into; without it the pictures stay.
(() => {
  "use strict";
  const begin = () => {
  const box = document.querySelector("[data-curves]");
  if (!box || !window.uPlot || box.dataset.drawn) return;
  const dashes = { train: [], validation: [7, 4], test: [2, 4] };
  const state = { log: null, smooth: 0 };
  const plots = [];

  const colour = (name) => {
    const probe = document.createElement("span");
    probe.className = "keys";
    probe.style.color = `var(--${name})`;
    document.body.append(probe);
    const found = getComputedStyle(probe).color;
    probe.remove();
    return found;
  };
  const number = (v) => {
    if (v == null) return "–";
    const size = Math.abs(v);
    return size !== 0 && (size < 1e-3 || size >= 1e5) ? (+v.toPrecision(3)).toExponential() : String(+v.toPrecision(4));
  };

  // An exponential mean that forgets how it began; gaps stay gaps.
  const smoothed = (values, by) => {
    if (!by) return values;
    let mean = 0;
    let weight = 0;
    return values.map((v) => {
      if (v == null) return v;
      mean = by * mean + (1 - by) * v;
      weight = by * weight + (1 - by);
      return mean / weight;
    });
  };

  const spread = (panel) => {
    const all = panel.lines.flatMap((l) => l.values).filter((v) => v > 0);
    return all.length > 1 && panel.lines.every((l) => l.values.every((v) => v == null || v > 0)) && Math.max(...all) / Math.min(...all) > 300;
  };

  // The lines of a panel over all their steps.
  const joined = (panel) => {
    const tables = panel.lines.map((l) => [l.steps, smoothed(l.values, state.smooth)]);
    return uPlot.join(tables, tables.map(() => [1, 1]));
  };

  const bounds = (panel, log) => (u, low, high) => {
    if (low == null || high == null) return [0, 1];
    if (log) return uPlot.rangeLog(low > 0 ? low : high / 1e6, high, 10, false);
    let from = low;
    let to = high;
    if (panel.chance != null && panel.chance - high <= high - low && low - panel.chance <= high - low) {
      from = Math.min(from, panel.chance);
      to = Math.max(to, panel.chance);
    }
    // What hardly moves looks so.
    const least = 0.1 * Math.max(Math.abs(from), Math.abs(to)) || 1;
    const middle = (from + to) / 2;
    const half = Math.max(to - from, least) / 2;
    return [middle - half * 1.08, middle + half * 1.08];
  };

  // Round powers of ten, as many as there is room for.
  const decades = (u, axis, low, high) => {
    const from = Math.ceil(Math.log10(low) - 1e-9);
    const to = Math.floor(Math.log10(high) + 1e-9);
    const stride = Math.max(1, Math.ceil((to - from) / 5));
    const found = [];
    for (let e = from; e <= to; e += stride) found.push(10 ** e);
    return found;
  };

  const marks = (panel) => ({
    hooks: {
      ready: (u) => {
        u.marks = panel.marks.map((m) => {
          const at = document.createElement("div");
          at.className = "at";
          const link = document.createElement("a");
          link.href = "#" + m.id;
          link.textContent = m.number;
          link.title = m.text;
          at.append(link);
          u.over.append(at);
          return [at, m.step];
        });
        place(u);
      },
      draw: (u) => {
        place(u);
        extras(u, panel);
      },
    },
  });
  const place = (u) =>
    (u.marks || []).forEach(([at, step]) => {
      const x = u.valToPos(step, "x");
      at.hidden = !(x >= 0 && x <= u.over.clientWidth);
      at.style.left = x + "px";
    });

  // The level of guessing, and where values are not finite.
  const extras = (u, panel) => {
    const { ctx } = u;
    const { left, top, width, height } = u.bbox;
    const ratio = devicePixelRatio || 1;
    ctx.save();
    ctx.beginPath();
    ctx.rect(left, top, width, height);
    ctx.clip();
    if (panel.chance != null && panel.lines.some((l) => l.values.some((v) => v != null))) {
      const y = u.valToPos(panel.chance, "y", true);
      ctx.strokeStyle = u.inks.soft;
      ctx.setLineDash([2 * ratio, 3 * ratio]);
      ctx.lineWidth = 1.3 * ratio;
      ctx.beginPath();
      ctx.moveTo(left, y);
      ctx.lineTo(left + width, y);
      ctx.stroke();
    }
    ctx.setLineDash([]);
    ctx.strokeStyle = u.inks.bad;
    ctx.lineWidth = 2 * ratio;
    panel.lines.forEach((l, k) => {
      const y = top + (6 + 7 * k) * ratio;
      let from = null;
      l.steps.forEach((s, i) => {
        const gone = l.values[i] == null;
        if (gone && from == null) from = s;
        const last = gone && (i + 1 === l.steps.length || l.values[i + 1] != null);
        if (!last) return;
        const [a, b] = [from, s].map((v) => u.valToPos(v, "x", true));
        ctx.beginPath();
        ctx.moveTo(a, y);
        ctx.lineTo(b, y);
        [a, b].forEach((x) => {
          ctx.moveTo(x - 3 * ratio, y - 3 * ratio);
          ctx.lineTo(x + 3 * ratio, y + 3 * ratio);
          ctx.moveTo(x + 3 * ratio, y - 3 * ratio);
          ctx.lineTo(x - 3 * ratio, y + 3 * ratio);
        });
        ctx.stroke();
        from = null;
      });
    });
    ctx.restore();
  };

  const draw = (figure, panel, stack, first, last) => {
    const log = state.log == null ? spread(panel) : state.log && panel.lines.every((l) => l.values.every((v) => v == null || v > 0));
    const inks = { soft: colour("soft"), line: colour("line"), bad: colour("bad") };
    const drawn = panel.lines.some((l) => l.values.some((v) => v != null));
    const holder = document.createElement("div");
    holder.className = "plot";
    const head = document.createElement("div");
    head.className = "plot-head";
    const name = document.createElement("b");
    name.textContent = panel.title;
    const keys = document.createElement("ul");
    keys.className = "keys";
    const values = panel.lines.map((l) => {
      const item = document.createElement("li");
      const line = document.createElement("i");
      line.className = l.split;
      const text = document.createElement("span");
      item.append(line, l.label, text);
      keys.append(item);
      return text;
    });
    if (panel.guess) {
      const item = document.createElement("li");
      const line = document.createElement("i");
      line.className = "guess";
      item.append(line, panel.guess);
      keys.append(item);
    }
    head.append(name, keys);
    holder.append(head);
    figure.querySelector("svg").hidden = true;
    figure.querySelector("svg").style.display = "none";
    figure.prepend(holder);
    const axis = { stroke: inks.soft, grid: { stroke: inks.line, width: 1 }, ticks: { stroke: inks.line, width: 1 }, font: "12px system-ui, sans-serif" };
    const options = {
      width: holder.clientWidth,
      height: panel === stack.panels[0] ? 250 : 170,
      scales: {
        x: { time: false, range: (u, a, b) => (a === b ? [a - 1, b + 1] : [a, b]) },
        y: { distr: log ? 3 : 1, range: bounds(panel, log) },
      },
      axes: [
        { ...axis, label: last ? stack.label : undefined, labelSize: last ? 20 : 0, labelFont: "12px system-ui, sans-serif", size: 30 },
        { ...axis, size: 62, show: true, ...(log ? { incrs: (u, axis, low, high) => [high - low], splits: decades, filter: (u, ticks) => ticks } : {}), values: (u, ticks) => ticks.map((t) => (drawn && t != null ? number(t) : "")) },
      ],
      series: [
        {},
        ...panel.lines.map((l) => ({
          label: l.label,
          stroke: colour(l.split in dashes ? l.split : "train"),
          dash: dashes[l.split] || [],
          width: 1.8,
          points: { show: l.steps.length < 3 },
          spanGaps: false,
        })),
      ],
      legend: { show: false },
      cursor: { sync: { key: stack.axis, scales: ["x", null] }, drag: { x: true, y: false }, points: { size: 6 } },
      plugins: [marks(panel)],
      hooks: {
        setCursor: [
          (u) =>
            panel.lines.forEach((l, i) => {
              const at = u.cursor.idx;
              values[i].textContent = at == null ? "" : nearest(u, i + 1, at);
            }),
        ],
        setScale: [
          (u, key) => {
            if (key !== "x" || moving) return;
            moving = true;
            const { min, max } = u.scales.x;
            plots.forEach((p) => {
              if (p.u !== u && p.stack === stack) p.u.setScale("x", { min, max });
            });
            moving = false;
          },
        ],
      },
    };
    const u = new uPlot(options, joined(panel), holder);
    u.inks = inks;
    u.root.setAttribute("aria-hidden", "true");
    u.redraw();
    plots.push({ u, stack, panel, holder, figure });
  };
  let moving = false;

  // The value at the cursor, or the one before it where this line has none there.
  const nearest = (u, series, at) => {
    for (let i = at; i >= Math.max(0, at - 200); i--) {
      const v = u.data[series][i];
      if (v != null) return number(v);
    }
    return "–";
  };

  let stacks = [];
  const all = () => {
    const kept = plots
      .filter((p) => p.u.scales.x.min > p.stack.low || p.u.scales.x.max < p.stack.high)
      .map((p) => [p.panel.id, p.u.scales.x.min, p.u.scales.x.max]);
    plots.splice(0).forEach((p) => {
      p.u.destroy();
      p.holder.remove();
    });
    stacks.forEach((stack) => {
      // One axis for all of a stack.
      const steps = stack.panels.flatMap((p) => p.lines.flatMap((l) => l.steps));
      stack.low = Math.min(...steps);
      stack.high = Math.max(...steps);
      stack.panels.forEach((panel, i) => {
        const figure = box.querySelector(`figure[data-panel="${CSS.escape(panel.id)}"]`);
        if (figure) draw(figure, panel, stack, i === 0, i === stack.panels.length - 1);
      });
    });
    moving = true;
    plots.forEach((p) => {
      const was = kept.find(([id]) => id === p.panel.id);
      p.u.setScale("x", was ? { min: was[1], max: was[2] } : { min: p.stack.low, max: p.stack.high });
    });
    moving = false;
  };

  const tools = box.querySelector(".tools");
  tools.addEventListener("input", (e) => {
    const tool = e.target.dataset.tool;
    if (tool === "log") state.log = e.target.checked;
    if (tool === "smooth") state.smooth = +e.target.value;
    all();
  });
  const whole = () => {
    moving = true;
    plots.forEach((p) => p.u.setScale("x", { min: p.stack.low, max: p.stack.high }));
    moving = false;
  };
  tools.querySelector("[data-tool=whole]").addEventListener("click", whole);
  box.addEventListener("dblclick", () => setTimeout(whole, 0));

  let width = box.clientWidth;
  addEventListener("resize", () => {
    if (!box.isConnected || box.clientWidth === width) return;
    width = box.clientWidth;
    all();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => box.isConnected && all());

  const load = (first) => fetch(box.dataset.curves, { headers: { Accept: "application/json" } })
    .then((r) => (r.ok ? r.json() : { stacks: [] }))
    .then((found) => {
      stacks = found.stacks;
      if (!stacks.length) return;
      tools.hidden = false;
      all();
      if (!first) return;
      const log = tools.querySelector("[data-tool=log]");
      log.indeterminate = plots.some((p) => spread(p.panel)) && !plots.every((p) => spread(p.panel));
      log.checked = plots.length > 0 && plots.every((p) => spread(p.panel));
      box.dataset.drawn = "yes";
    })
    .catch(() => {});
  load(true);
  // A run that goes on has more points; what is zoomed into stays so.
  box.addEventListener("aitia:points", () => load(false));
  };
  begin();
  document.addEventListener("aitia:shown", begin);
})();
