package org.aitia.script.repair;

import static org.aitia.script.repair.Mend.above;
import static org.aitia.script.repair.Mend.append;
import static org.aitia.script.repair.Mend.rewrite;
import static org.aitia.script.repair.Mend.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The findings that are mended by the line, each in one way. */
final class Mends {
  /** Lines that a call may go on over. */
  private static final int CALL = 8;

  /** Lines between clipping and the step. */
  private static final int STEP = 6;

  private static final Pattern STEPPED =
      Pattern.compile("\\s{0,80}([\\w.]{1,120})\\.step\\(([\\w.]{1,120})\\).{0,200}");
  private static final Pattern SAMPLER =
      Pattern.compile(
          "\\s{0,80}([\\w.]{1,120}) = (?:[\\w.]{1,120}\\.)?DistributedSampler\\(.{0,200}");
  private static final Pattern EPOCHS =
      Pattern.compile("(\\s{0,80})for (\\w{1,80}) in range\\(.{0,200}\\):.{0,200}");

  private static final Map<String, Mend> BY_FINDING =
      Map.ofEntries(
          Map.entry(
              "script-method-not-called",
              rewrite(
                  Pattern.compile(
                      "\\.(eval|train|step|zero_grad|backward)(\\s{0,80}(?:#.{0,200})?)$"),
                  ".$1()$2")),
          Map.entry(
              "script-no-zero-grad",
              append(
                      Pattern.compile(
                          "\\s{0,80}\\w{0,80}[sS]caler\\w{0,80}\\.step\\(([\\w.]{1,120})\\).{0,200}"),
                      "$1.zero_grad()")
                  .or(
                      append(
                          Pattern.compile("\\s{0,80}([\\w.]{1,120})\\.step\\(\\).{0,200}"),
                          "$1.zero_grad()"))),
          Map.entry(
              "script-integer-division",
              rewrite(Pattern.compile("//(\\s{0,80}(?:25[56]|12[78]))"), "/$1")),
          Map.entry("script-accuracy-floored", rewrite(Pattern.compile("//"), "/")),
          Map.entry(
              "script-functional-dropout",
              rewrite(
                  Pattern.compile("dropout\\(([^()]{0,200})\\)"),
                  "dropout($1, training=self.training)")),
          Map.entry(
              "script-modules-in-list",
              above(CALL, Pattern.compile("(self\\.\\w{1,80} = )\\[\\]"), "$1nn.ModuleList()")
                  .or(
                      above(
                          CALL,
                          Pattern.compile("(self\\.\\w{1,80} = )\\[(.{0,200})\\]"),
                          "$1nn.ModuleList([$2])"))),
          Map.entry(
              "script-epoch-schedule-each-batch",
              rewrite(Pattern.compile("([\"']interval[\"']: )([\"'])step[\"']"), "$1$2epoch$2")
                  .or(Mends::outwards)),
          Map.entry("script-clipped-before-unscale", Mends::unscaled),
          Map.entry(
              "script-scaler-refitted",
              rewrite(Pattern.compile("\\.fit_transform\\("), ".transform(")),
          Map.entry(
              "script-not-shuffled",
              within(CALL, Pattern.compile("shuffle\\s{0,80}=\\s{0,80}False"), "shuffle=True")
                  .or(
                      rewrite(
                          Pattern.compile("DataLoader\\(([^()]{1,200})\\)"),
                          "DataLoader($1, shuffle=True)"))),
          Map.entry(
              "script-shapes-broadcast",
              rewrite(
                      Pattern.compile(", (\\w{1,80})\\)(\\s{0,80}(?:#.{0,200})?)$"),
                      ", $1.unsqueeze(1))$2")
                  .or(rewrite(Pattern.compile("- ([A-Za-z]\\w{0,80})\\)"), "- $1.unsqueeze(1))"))),
          Map.entry(
              "script-zero-initialised",
              rewrite(
                      Pattern.compile("(?:zeros_|ones_)\\(([\\w.]{1,120})\\)"),
                      "xavier_uniform_($1)")
                  .or(
                      rewrite(
                          Pattern.compile("constant_\\(([\\w.]{1,120}), [\\d.e-]{1,20}\\)"),
                          "xavier_uniform_($1)"))
                  .or(
                      within(
                          CALL,
                          Pattern.compile("kernel_initializer=([\"'])(?:zeros|ones)[\"']"),
                          "kernel_initializer=$1glorot_uniform$1"))),
          Map.entry(
              "script-argmax-over-batch",
              rewrite(Pattern.compile("argmax\\(((?:dim=|axis=)?)0\\)"), "argmax($11)")
                  .or(
                      rewrite(
                          Pattern.compile("(argmax|max)\\((.{1,200}), ((?:dim=|axis=)?)0\\)"),
                          "$1($2, $31)"))),
          Map.entry(
              "script-logits-loss-on-probabilities",
              within(
                  CALL,
                  Pattern.compile("from_logits\\s{0,80}=\\s{0,80}True"),
                  "from_logits=False")),
          Map.entry(
              "script-loss-negated",
              rewrite(
                  Pattern.compile(
                      "\\(\\s{0,80}-\\s{0,80}([\\w.]{1,120})\\s{0,80}\\)\\.backward\\("),
                  "$1.backward(")),
          Map.entry(
              "script-labels-by-listing",
              rewrite(
                  Pattern.compile("(?<!sorted\\()os\\.listdir\\(([^()]{0,200})\\)"),
                  "sorted(os.listdir($1))")),
          Map.entry(
              "script-pairs-by-listing",
              rewrite(
                  Pattern.compile("zip\\((\\w{1,80}), (\\w{1,80})\\)"),
                  "zip(sorted($1), sorted($2))")),
          Map.entry(
              "script-load-unchecked",
              rewrite(
                  Pattern.compile(
                      "^(\\s{0,80})([\\w.]{1,120}\\.load_state_dict\\(.{0,200}\\))(\\s{0,80}(?:#.{0,200})?)$"),
                  "$1print($2)$3")),
          Map.entry("script-epoch-not-set", Mends::told));

  private Mends() {}

  /** How a finding is mended; null when that takes a choice. */
  static Mend of(String finding) {
    return BY_FINDING.get(finding);
  }

  /** Moves a statement out of its loop, to behind it. */
  private static Optional<List<String>> outwards(List<String> lines, int line) {
    int indent = Mend.indent(lines, line).length();
    int loop = line - 1;
    while (loop > 0
        && (lines.get(loop - 1).isBlank() || Mend.indent(lines, loop).length() >= indent)) {
      loop--;
    }
    if (loop == 0 || !lines.get(loop - 1).strip().startsWith("for ")) {
      return Optional.empty();
    }
    int last = line;
    for (int i = line + 1; i <= lines.size() && !ends(lines, i, indent); i++) {
      last = lines.get(i - 1).isBlank() ? last : i;
    }
    List<String> mended =
        Mend.inserted(lines, last, Mend.indent(lines, loop) + lines.get(line - 1).strip());
    mended.remove(line - 1);
    return Optional.of(mended);
  }

  private static boolean ends(List<String> lines, int line, int indent) {
    return !lines.get(line - 1).isBlank() && Mend.indent(lines, line).length() < indent;
  }

  /** Takes the loss scale off before the gradients are clipped. */
  private static Optional<List<String>> unscaled(List<String> lines, int line) {
    for (int i = line; i < Math.min(line + STEP, lines.size()); i++) {
      Matcher step = STEPPED.matcher(lines.get(i));
      if (step.matches()) {
        String added =
            Mend.indent(lines, line) + step.group(1) + ".unscale_(" + step.group(2) + ")";
        return Optional.of(Mend.inserted(lines, line - 1, added));
      }
    }
    return Optional.empty();
  }

  /** Tells a sampler the epoch, at the head of the loop that follows it. */
  private static Optional<List<String>> told(List<String> lines, int line) {
    Matcher sampler = SAMPLER.matcher(lines.get(line - 1));
    String indent = Mend.indent(lines, line);
    for (int i = line + 1; sampler.matches() && i < lines.size(); i++) {
      Matcher loop = EPOCHS.matcher(lines.get(i - 1));
      if (ends(lines, i, indent.length())) {
        return Optional.empty();
      }
      if (loop.matches() && loop.group(1).equals(indent)) {
        String added =
            Mend.indent(lines, i + 1) + sampler.group(1) + ".set_epoch(" + loop.group(2) + ")";
        return Optional.of(Mend.inserted(lines, i, added));
      }
    }
    return Optional.empty();
  }
}
