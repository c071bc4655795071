package org.aitia.report.document;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.report.Cells;
import org.aitia.report.Scale;
import org.aitia.report.Words;

/**
 * A quantity's curves as a small SVG picture that reads in light and in dark. Where a symptom was
 * seen stands a dashed line; where values are not finite, crosses and a line at the top.
 */
final class Chart {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 260;
  private static final int LEFT = 64;
  private static final int RIGHT = 16;
  private static final int TOP = 40;
  private static final int BOTTOM = 40;
  private static final int TICKS = 5;

  /** Room for the number of a mark. */
  private static final int NUMBER = 12;

  private static final String STYLE =
      """
      <style>
      text{font:12px system-ui,-apple-system,"Noto Sans CJK SC",sans-serif;fill:#333}
      .title{font-weight:600;font-size:14px}
      .back{fill:#fff}.grid{stroke:#ddd}.axis{stroke:#777}
      .line{fill:none;stroke-width:1.8;stroke-linejoin:round}
      .train{stroke:#1f6fb5}.validation{stroke:#c8590b;stroke-dasharray:7 3}
      .test{stroke:#2c8a4b;stroke-dasharray:2 3}
      .chance-line{stroke:#777;stroke-dasharray:1 4}
      .mark{stroke:#b3261e;stroke-dasharray:3 3}.lost{stroke:#b3261e;stroke-width:1.8}
      @media (prefers-color-scheme:dark){
      text{fill:#ddd}.back{fill:#16181c}.grid{stroke:#33373d}.axis{stroke:#888}
      .train{stroke:#6cb2f2}.validation{stroke:#f29b56}.test{stroke:#6fcf8e}
      .mark,.lost{stroke:#ff8a80}}
      </style>
      """;

  private final Words words;

  Chart(Words words) {
    this.words = words;
  }

  /** A picture of its own. */
  String svg(Panels.Panel panel) {
    return draw(panel, true);
  }

  /** The same as a part of a page that brings the style, with its marks numbered. */
  String inline(Panels.Panel panel) {
    return draw(panel, false);
  }

  private String draw(Panels.Panel panel, boolean alone) {
    List<Diagnosis.Curve> curves = panel.curves();
    boolean lost = curves.stream().noneMatch(Chart::drawn);
    Scale y = Scale.of(curves).wide().with(panel.chance()).roomy();
    double first = curves.stream().mapToDouble(c -> c.steps()[0]).min().orElse(0);
    double last = curves.stream().mapToDouble(c -> c.steps()[c.steps().length - 1]).max().orElse(1);
    Scale x = new Scale(first, last > first ? last : first + 1, false);
    String suffix = alone ? "" : panel.id();
    StringBuilder out = new StringBuilder();
    out.append(
        String.format(
            Locale.ROOT,
            "<svg%s viewBox=\"0 0 %d %d\" width=\"%d\""
                + " height=\"%d\" role=\"img\" aria-labelledby=\"t%s d%s\">\n",
            // Within a page the namespace goes without saying.
            alone ? " xmlns=\"http://www.w3.org/2000/svg\"" : " class=\"chart\"",
            WIDTH,
            HEIGHT,
            WIDTH,
            HEIGHT,
            suffix,
            suffix));
    out.append("<title id=\"t" + suffix + "\">")
        .append(Html.escape(panel.title()))
        .append("</title>\n");
    out.append("<desc id=\"d" + suffix + "\">")
        .append(Html.escape(describe(panel)))
        .append("</desc>\n");
    out.append(alone ? STYLE : "");
    out.append("<rect class=\"back\" width=\"100%\" height=\"100%\" rx=\"6\"/>\n");
    text(
        out,
        LEFT,
        24,
        "start",
        "title",
        panel.title() + (y.log() ? " (" + words.say("curve-log") + ")" : ""));
    if (!lost) {
      levels(out, y);
    }
    axes(out, x, panel.axis());
    if (panel.chance() != null && !lost) {
      chance(out, py(y.at(panel.chance())));
    }
    double free = 0;
    for (Panels.Mark m : panel.marks()) {
      double at = px(x.at(m.step()));
      mark(out, at, m.text());
      if (!alone) {
        free = Math.max(at, free + NUMBER);
        text(out, free, TOP - 3, "middle", "number", String.valueOf(m.number()));
      }
    }
    for (Diagnosis.Curve c : curves) {
      line(out, c, x, y);
    }
    legend(out, curves);
    return out.append("</svg>\n").toString();
  }

  private static boolean drawn(Diagnosis.Curve curve) {
    return Arrays.stream(curve.values()).anyMatch(Double::isFinite);
  }

  private String describe(Panels.Panel panel) {
    String shapes =
        panel.curves().stream()
            .map(
                c ->
                    words.say(
                        "curve-from-to",
                        (words.curve(c.name()) + " " + words.split(c.split())).strip(),
                        Words.number(c.values()[0]),
                        Words.number(c.values()[c.values().length - 1])))
            .collect(Collectors.joining(". "));
    String marked = panel.marks().stream().map(Panels.Mark::text).collect(Collectors.joining("; "));
    return marked.isEmpty() ? shapes : shapes + ". " + words.say("curve-marked", marked);
  }

  /** The values along the left; of a curve that is NaN throughout there are none. */
  private static void levels(StringBuilder out, Scale y) {
    for (double tick : y.ticks(TICKS)) {
      double at = py(y.at(tick));
      shape(
          out,
          "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>\n",
          LEFT,
          WIDTH - RIGHT,
          at,
          at);
      text(out, LEFT - 8, at + 4, "end", null, Words.number(tick));
    }
  }

  private void chance(StringBuilder out, double at) {
    shape(
        out,
        "<line class=\"chance-line\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>\n",
        LEFT,
        WIDTH - RIGHT,
        at,
        at);
    text(out, WIDTH - RIGHT, at - 4, "end", null, words.say("curve-chance"));
  }

  private void axes(StringBuilder out, Scale x, String axis) {
    for (double tick : x.ticks(TICKS + 1)) {
      double at = px(x.at(tick));
      shape(
          out,
          "<line class=\"axis\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>\n",
          at,
          at,
          HEIGHT - BOTTOM,
          HEIGHT - BOTTOM + 4);
      text(out, at, HEIGHT - BOTTOM + 18, "middle", null, Words.number(tick));
    }
    shape(
        out,
        "<line class=\"axis\" x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>\n",
        LEFT,
        WIDTH - RIGHT,
        HEIGHT - BOTTOM,
        HEIGHT - BOTTOM);
    text(
        out,
        (LEFT + WIDTH - RIGHT) / 2.0,
        HEIGHT - 6,
        "middle",
        null,
        words.say("curve-axis-" + axis));
  }

  private static void line(StringBuilder out, Diagnosis.Curve c, Scale x, Scale y) {
    StringBuilder path = new StringBuilder();
    StringBuilder crosses = new StringBuilder();
    boolean drawing = false;
    double lostFrom = Double.NaN;
    for (int i = 0; i < c.values().length; i++) {
      double at = px(x.at(c.steps()[i]));
      double share = y.at(c.values()[i]);
      if (Double.isNaN(share)) {
        if (Double.isNaN(lostFrom)) {
          lostFrom = at;
          shape(crosses, "M%.1f %dl6 6m0 -6l-6 6", at - 3, TOP - 3);
        }
        boolean end = i + 1 == c.values().length || Double.isFinite(c.values()[i + 1]);
        if (end && at > lostFrom) {
          // From the first to the last that is lost: however many, all are marked.
          shape(crosses, "M%.1f %dH%.1f", lostFrom, TOP, at);
          shape(crosses, "M%.1f %dl6 6m0 -6l-6 6", at - 3, TOP - 3);
        }
        lostFrom = end ? Double.NaN : lostFrom;
        drawing = false;
        continue;
      }
      shape(path, "%s%.1f %.1f", drawing ? "L" : "M", at, py(share));
      drawing = true;
    }
    String split = c.split() == null ? "train" : c.split();
    if (!path.isEmpty()) {
      shape(out, "<path class=\"line %s\" d=\"%s\"/>\n", Html.escape(split), path);
    }
    if (!crosses.isEmpty()) {
      shape(out, "<path class=\"line lost\" d=\"%s\"/>\n", crosses);
    }
  }

  private static void mark(StringBuilder out, double at, String text) {
    shape(
        out,
        "<g><title>%s</title><line class=\"mark\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\""
            + " y2=\"%d\"/></g>\n",
        Html.escape(text),
        at,
        at,
        TOP,
        HEIGHT - BOTTOM);
  }

  private void legend(StringBuilder out, List<Diagnosis.Curve> curves) {
    double at = WIDTH - RIGHT;
    for (int i = curves.size() - 1; i >= 0; i--) {
      String split = curves.get(i).split();
      if (split == null) {
        continue;
      }
      String name = words.split(split);
      text(out, at, 24, "end", null, name);
      at -= 6.5 * Cells.width(name) + 10;
      shape(
          out,
          "<line class=\"line %s\" x1=\"%.1f\" x2=\"%.1f\" y1=\"20\" y2=\"20\"/>\n",
          Html.escape(split),
          at - 24,
          at);
      at -= 40;
    }
  }

  private static void text(
      StringBuilder out, double x, double y, String anchor, String style, String text) {
    shape(
        out,
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\"%s>%s</text>\n",
        x,
        y,
        anchor,
        style == null ? "" : " class=\"" + style + "\"",
        Html.escape(text));
  }

  private static void shape(StringBuilder out, String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values));
  }

  private static double px(double share) {
    return LEFT + share * (WIDTH - LEFT - RIGHT);
  }

  private static double py(double share) {
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
  }
}
