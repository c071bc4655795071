package org.aitia.evidence.console;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aitia.run.value.Split;

/** Lines whose numbers stand where no name tells what they are. */
final class SpecialLine {
  /** Darknet's: step, loss, mean loss, rate. */
  private static final Pattern DARKNET =
      Pattern.compile(
          "^\\s*(\\d{1,9}): (-?[\\d.]{1,20}|-?nan|-?inf), (-?[\\d.]{1,20}|-?nan|-?inf) avg(?: loss)?, ([\\d.]{1,20}) rate\\b");

  /** The first lines of the table that COCO's evaluation prints. */
  private static final Pattern COCO =
      Pattern.compile(
          "average precision\\s{1,8}\\(ap\\) @\\[ iou=(0\\.50:0\\.95|0\\.50) {1,8}\\| area=   all \\| maxdets=\\s?100 \\] = (-?\\d\\.\\d{1,6})");

  private SpecialLine() {}

  /** Reads a line in lower case; empty when it is none of these. */
  static Optional<ConsoleLine> of(String lower) {
    Matcher darknet = DARKNET.matcher(lower);
    if (darknet.find()) {
      return Optional.of(darknet(darknet));
    }
    Matcher coco = COCO.matcher(lower);
    return coco.find() ? Optional.of(coco(coco)) : Optional.empty();
  }

  private static ConsoleLine coco(Matcher m) {
    Figure figure = Figure.next(m.group(2), 0);
    String name = m.group(1).equals("0.50:0.95") ? "validation map" : "validation map50";
    double none = Double.NaN;
    return new ConsoleLine(
        none,
        false,
        none,
        none,
        none,
        false,
        none,
        true,
        Split.VALIDATION,
        List.of(new LineValues.Value(name, name, Split.VALIDATION, false, figure, figure.value())));
  }

  private static ConsoleLine darknet(Matcher m) {
    Figure loss = Figure.next(m.group(2), 0);
    Figure rate = Figure.next(m.group(4), 0);
    double step = Double.parseDouble(m.group(1));
    List<LineValues.Value> values =
        List.of(
            new LineValues.Value("loss", "loss", null, false, loss, loss.value()),
            new LineValues.Value("rate", "lr", null, false, rate, rate.value()));
    double none = Double.NaN;
    return new ConsoleLine(none, false, step, none, none, false, none, false, null, values);
  }
}
