package org.aitia.service.page;

import java.util.ArrayList;
import java.util.List;
import org.aitia.report.Words;
import org.aitia.service.fleet.Overview;

/** Counts of weeks as bars. */
public final class WeekBars {
  /** Sizes of the pictures, in their own units. */
  static final int WIDTH = 720;

  static final int HEIGHT = 120;
  static final int SPARK_HEIGHT = 22;
  static final int SPARK_STEP = 8;

  private static final String FAILED = "failed";

  private WeekBars() {}

  /**
   * A rectangle of a picture.
   *
   * @param said what it stands for
   */
  public record Block(String kind, double x, double y, double width, double height, String said) {}

  /** A number of the picture, to a tenth. */
  static double at(double value) {
    return Math.round(10 * value) / 10.0;
  }

  /** Runs and, before them, faulty runs of each week. */
  static List<Block> of(List<Overview.Week> weeks, Words words) {
    long most = weeks.stream().mapToLong(Overview.Week::runs).max().orElse(0);
    double step = (double) WIDTH / weeks.size();
    List<Block> bars = new ArrayList<>();
    for (int i = 0; i < weeks.size(); i++) {
      Overview.Week week = weeks.get(i);
      String said =
          words.say(
              "fleet-week",
              week.begins(),
              FleetView.count(week.faulty()),
              FleetView.count(week.runs()));
      bars.add(bar("runs", i * step, step, week.runs(), most, HEIGHT, said));
      bars.add(bar(FAILED, i * step, step, week.faulty(), most, HEIGHT, said));
    }
    return bars;
  }

  /** The runs of a cause in each week, small. */
  static List<Block> of(Overview.Blamed blamed, List<Overview.Week> weeks) {
    long most = blamed.weeks().stream().mapToLong(Long::longValue).max().orElse(0);
    List<Block> bars = new ArrayList<>();
    for (int i = 0; i < weeks.size(); i++) {
      long runs = blamed.weeks().get(i);
      String said = weeks.get(i).begins() + ": " + FleetView.count(runs);
      double x = (double) i * SPARK_STEP;
      bars.add(bar(FAILED, x, SPARK_STEP, runs, most, SPARK_HEIGHT, said));
    }
    return bars;
  }

  private static Block bar(
      String kind, double x, double step, long value, long most, int height, String said) {
    double size = most == 0 ? 0 : (double) value * height / most;
    return new Block(
        kind,
        at(x),
        at(height - size),
        at(Math.max(1, step - Math.min(4, step / 4))),
        at(size),
        said);
  }
}
