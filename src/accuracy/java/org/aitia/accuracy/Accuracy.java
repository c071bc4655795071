package org.aitia.accuracy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.aitia.Diagnoser;

/**
 * Writes the report on accuracy: every set in every view, each group of runs left out of the
 * counts.
 */
public final class Accuracy {
  private static final List<String> SETS = List.of("dev", "real-dev", "reports-dev");
  private static final int SIDE = 260;
  private static final int MARGIN = 36;

  private Accuracy() {}

  /**
   * Writes.
   *
   * @param args folder of the sets; report to write, with its picture beside it; folder of runs
   *     that the factory made, if there are any
   */
  public static void main(String[] args) throws IOException {
    Path corpora = Path.of(args[0]);
    Path report = Path.of(args[1]);
    Diagnoser diagnoser = Diagnoser.builtIn();
    StringBuilder text = new StringBuilder(HEAD);
    Path factory = args.length > 2 ? Path.of(args[2]) : null;
    if (factory != null) {
      heldOut(factory, diagnoser, text);
    }
    List<Path> folders = new ArrayList<>(SETS.stream().map(corpora::resolve).toList());
    if (factory != null) {
      folders.add(factory.resolve("seen"));
    }
    Weigh weigh = new Weigh(diagnoser, Labelled.inViews(folders, diagnoser));
    List<double[]> points = List.of();
    for (Labelled.View view : Labelled.View.values()) {
      Map<String, Figures> figures = weigh.leftOut(view);
      figures.forEach(
          (set, f) -> {
            // what is left of reports without a record are the reports themselves
            if (view == Labelled.View.FULL || set.equals(SETS.get(0)) || set.equals("seen")) {
              text.append(f.row(set + ", " + shown(view))).append('\n');
            }
          });
      if (view == Labelled.View.FULL) {
        points = figures.get(SETS.get(0)).points();
      }
    }
    Path picture = report.resolveSibling("reliability.svg");
    Files.writeString(picture, svg(points));
    text.append("\n![Reliability: what was said of the first cause, and how often it was right]")
        .append("(reliability.svg)\n");
    Files.writeString(report, text);
  }

  /** Runs of data and networks that nobody looked at are in no counts. */
  private static void heldOut(Path factory, Diagnoser diagnoser, StringBuilder text)
      throws IOException {
    for (Labelled.View view : Labelled.View.values()) {
      List<Labelled> runs = Labelled.all(factory.resolve("held-out"), view, diagnoser);
      Figures figures = Weigh.asCommitted(diagnoser, runs);
      text.append(figures.row("factory held-out, " + shown(view))).append('\n');
    }
  }

  private static String shown(Labelled.View view) {
    return view.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static final String HEAD =
      """
      # Accuracy

      Written by `src/accuracy/accuracy CORPORA src/docs/accuracy.md FACTORY`; do not edit.

      The rules were written with the runs of `dev` in sight, and partly with those of the others: no figure on runs that were seen is a claim. What is measured of
      each rule (`knowledge-base/counts.yaml`) is left out here for the whole group of a run: all runs of its program, or of its data set.

      `dev` are faults put into programs of our own kind, `real-dev` published bug programs and their repairs, `reports-dev` public reports rebuilt: files as users have them, without a
      record of the run. `factory` are runs made by `src/corpus/make` of data sets that packages ship: *held-out* those of data sets and networks that nobody looked at, and
      none of them is in the counts; *seen* the others, counted for this table and not in the knowledge base. A rule is counted on the fullest files on which it speaks at all. *Constant* is what the best constant answer would score, *macro* the mean over causes.

      | set, view | faulty | first | among 3 | first, exact | macro | constant | healthy | called so | alarms | calibration |
      |---|---|---|---|---|---|---|---|---|---|---|
      """;

  /** A square with the diagonal, and a dot a tenth whose area is the number of runs. */
  private static String svg(List<double[]> points) {
    StringBuilder dots = new StringBuilder();
    for (double[] p : points) {
      dots.append(
          String.format(
              Locale.ROOT,
              "  <circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"#2a6f97\" fill-opacity=\"0.7\"/>%n",
              MARGIN + p[0] * SIDE,
              MARGIN + (1 - p[1]) * SIDE,
              2 + Math.sqrt(p[2])));
    }
    return String.format(
        Locale.ROOT,
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %1$d" font-family="sans-serif" font-size="11">
          <rect x="%2$d" y="%2$d" width="%3$d" height="%3$d" fill="none" stroke="#999"/>
          <path d="M%2$d %4$d L%4$d %2$d" stroke="#999" stroke-dasharray="4 3"/>
        %5$s  <text x="%2$d" y="%6$d">0</text><text x="%4$d" y="%6$d" text-anchor="end">1 said</text>
          <text x="%7$d" y="%2$d" text-anchor="end" dy="8">1</text><text x="%7$d" y="%8$d" text-anchor="end">right</text>
        </svg>
        """,
        SIDE + 2 * MARGIN,
        MARGIN,
        SIDE,
        MARGIN + SIDE,
        dots,
        MARGIN + SIDE + 16,
        MARGIN - 4,
        MARGIN + SIDE / 2);
  }
}
