package org.aitia.report.document;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.report.Cells;
import org.aitia.report.Scale;
import org.aitia.report.Words;

/**
 * A quantity's curves as a small SVG picture that reads in light and in dark. Where a symptom was
 * seen stands a dashed line; where a value is not finite, a cross at the top.
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

  private static final int MAX_MARKS = 8;
  private static final int MAX_CROSSES = 40;

  private static final String STYLE =
      """
      <style>
      text{font:12px system-ui,-apple-system,"Noto Sans CJK SC",sans-serif;fill:#333}
      .title{font-weight:600;font-size:14px}
      .back{fill:#fff}.grid{stroke:#ddd}.axis{stroke:#777}
      .line{fill:none;stroke-width:1.8;stroke-linejoin:round}
      .train{stroke:#1f6fb5}.validation{stroke:#c8590b;stroke-dasharray:7 3}
      .test{stroke:#2c8a4b;stroke-dasharray:2 3}
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

  /**
   * Draws.
   *
   * @param curves at least one, all of one quantity
   */
  String svg(List<Diagnosis.Curve> curves, Diagnosis diagnosis) {
    return draw(curves, diagnosis, "", true);
  }

  /**
   * The same as a part of a page that brings the style, with its marks numbered.
   *
   * @param suffix makes the ids unique in the page
   */
  String inline(List<Diagnosis.Curve> curves, Diagnosis diagnosis, String suffix) {
    return draw(curves, diagnosis, suffix, false);
  }

  private String draw(
      List<Diagnosis.Curve> curves, Diagnosis diagnosis, String suffix, boolean alone) {
    Scale y = Scale.of(curves).roomy();
    double first = curves.stream().mapToDouble(c -> c.steps()[0]).min().orElse(0);
    double last = curves.stream().mapToDouble(c -> c.steps()[c.steps().length - 1]).max().orElse(1);
    Scale x = new Scale(first, last > first ? last : first + 1, false);
    String name = words.curve(curves.get(0).name());
    SortedMap<Double, String> marks = marks(curves, diagnosis);
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
    out.append("<title id=\"t" + suffix + "\">").append(Html.escape(name)).append("</title>\n");
    out.append("<desc id=\"d" + suffix + "\">")
        .append(Html.escape(describe(curves, marks)))
        .append("</desc>\n");
    out.append(alone ? STYLE : "");
    out.append("<rect class=\"back\" width=\"100%\" height=\"100%\" rx=\"6\"/>\n");
    text(
        out,
        LEFT,
        24,
        "start",
        "title",
        name + (y.log() ? " (" + words.say("curve-log") + ")" : ""));
    axes(out, x, y);
    int number = 0;
    double free = 0;
    for (Map.Entry<Double, String> m : marks.entrySet()) {
      double at = px(x.at(m.getKey()));
      mark(out, at, m.getValue());
      if (!alone) {
        free = Math.max(at, free + NUMBER);
        text(out, free, TOP - 3, "middle", "number", String.valueOf(++number));
      }
    }
    for (Diagnosis.Curve c : curves) {
      line(out, c, x, y);
    }
    legend(out, curves);
    return out.append("</svg>\n").toString();
  }

  private String describe(List<Diagnosis.Curve> curves, SortedMap<Double, String> marks) {
    String shapes =
        curves.stream()
            .map(
                c ->
                    words.say(
                        "curve-from-to",
                        (words.curve(c.name()) + " " + words.split(c.split())).strip(),
                        Words.number(c.values()[0]),
                        Words.number(c.values()[c.values().length - 1])))
            .collect(Collectors.joining(". "));
    return marks.isEmpty()
        ? shapes
        : shapes + ". " + words.say("curve-marked", String.join("; ", marks.values()));
  }

  /** What was seen at which step of a chart's curves, in the order of the numbers. */
  SortedMap<Double, String> marks(List<Diagnosis.Curve> curves, Diagnosis diagnosis) {
    TreeMap<Double, String> found = new TreeMap<>();
    for (Diagnosis.Curve c : curves) {
      for (Diagnosis.Mark m : c.marks()) {
        if (Double.isFinite(m.step()) && found.size() < MAX_MARKS) {
          found.merge(
              m.step(),
              words.link(m.symptom(), diagnosis),
              (a, b) -> a.contains(b) ? a : a + "; " + b);
        }
      }
    }
    return found;
  }

  private void axes(StringBuilder out, Scale x, Scale y) {
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
    text(out, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 6, "middle", null, words.say("curve-axis"));
  }

  private static void line(StringBuilder out, Diagnosis.Curve c, Scale x, Scale y) {
    StringBuilder path = new StringBuilder();
    StringBuilder crosses = new StringBuilder();
    boolean drawing = false;
    int crossed = 0;
    for (int i = 0; i < c.values().length; i++) {
      double at = px(x.at(c.steps()[i]));
      double share = y.at(c.values()[i]);
      if (Double.isNaN(share)) {
        drawing = false;
        if (crossed++ < MAX_CROSSES) {
          shape(crosses, "M%.1f %dl6 6m0 -6l-6 6", at - 3, TOP - 3);
        }
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
        "<g><title>%s</title><line class=\"mark\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/></g>\n",
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
