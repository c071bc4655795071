package org.aitia.observation.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.aitia.observation.measure.Comparer;
import org.aitia.observation.measure.Contrast;
import org.aitia.observation.measure.Measure;
import org.aitia.run.Run;
import org.aitia.run.settings.Environment;
import org.aitia.run.value.Source;

/** What a run ran in against what another one ran in, as far as both tell. */
public final class EnvironmentComparer implements Comparer {
  private static final Measure PACKAGES =
      new Measure(
          "reference-packages",
          "count",
          "packages listed on both sides whose releases differ; the part of a version after the second full stop does not count");
  private static final Measure VARIABLES =
      new Measure(
          "reference-variables",
          "count",
          "environment variables set on both sides whose values differ; without those of places, people, sessions and hosts");

  /** The first two numbers of a version: a third one mends faults and keeps results. */
  private static final Pattern PATCH = Pattern.compile("^(\\d+\\.\\d+).*$");

  /** Variables that differ between any two runs. */
  private static final Pattern INERT =
      Pattern.compile(
          "(?:^|_)(?:PATH|HOME|PWD|OLDPWD|USER|LOGNAME|SHELL|SHLVL|TERM|LANG|LC|TMP|TMPDIR|HOST|HOSTNAME|ADDR|PORT|JOB|JOBID|PID|ID|NODE"
              + "|NODELIST|NAME|DIR|URL|URI|SSH|XDG|DISPLAY|MAIL|EDITOR|TIME|DATE|WANDB|MLFLOW|COLUMNS|LINES)(?:_|$)|^_$");

  @Override
  public String subject() {
    return "environment";
  }

  @Override
  public List<Measure> measures() {
    return List.of(PACKAGES, VARIABLES);
  }

  @Override
  public void compare(Run run, Run other, Contrast notes) {
    Environment here = run.environment();
    Environment there = other.environment();
    unlike(PACKAGES, here.packages(), there.packages(), PATCH, notes);
    Map<String, Environment.Found> telling = new TreeMap<>(here.variables());
    telling.keySet().removeIf(name -> INERT.matcher(name).find());
    unlike(VARIABLES, telling, there.variables(), null, notes);
  }

  /**
   * Notes what differs.
   *
   * @param part its first group is what counts of a value; null when all of it does
   */
  private static void unlike(
      Measure measure,
      Map<String, Environment.Found> here,
      Map<String, Environment.Found> there,
      Pattern part,
      Contrast notes) {
    List<String> names = new ArrayList<>();
    boolean shared = false;
    Source source = null;
    for (Map.Entry<String, Environment.Found> mine : new TreeMap<>(here).entrySet()) {
      Environment.Found its = there.get(mine.getKey());
      shared |= its != null;
      if (its != null && !counted(mine.getValue(), part).equals(counted(its, part))) {
        source = source == null ? mine.getValue().source() : source;
        names.add(
            mine.getKey()
                + " "
                + Contrast.said(mine.getValue().value())
                + Contrast.UNLIKE
                + Contrast.said(its.value()));
      }
    }
    if (shared) {
      notes.names(measure, names, source);
    }
  }

  private static String counted(Environment.Found found, Pattern part) {
    return part == null ? found.value() : part.matcher(found.value()).replaceAll("$1");
  }
}
