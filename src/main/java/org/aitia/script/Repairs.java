package org.aitia.script;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.aitia.run.Run;
import org.aitia.run.word.Lexicon;
import org.aitia.script.repair.Repair;
import org.aitia.script.syntax.Script;
import org.aitia.script.trace.Finding;

/** What can be mended in the scripts of a run without a choice. */
public final class Repairs {
  private Repairs() {}

  /**
   * The repairs of each script that has some.
   *
   * @throws IOException when a changed script cannot be parsed on this machine
   */
  public static List<Repair> of(Run run) throws IOException {
    List<Repair> repairs = new ArrayList<>();
    for (Script script : run.scripts()) {
      // Code of a notebook lies in cells: there are no lines of a file to mend.
      List<Finding> found =
          script.file().endsWith(".py") ? of(script, run.scripts(), run.words()) : List.of();
      if (!found.isEmpty()) {
        Repair.of(
                script, found, changed -> of(changed, replaced(script, changed, run), run.words()))
            .ifPresent(repairs::add);
      }
    }
    return repairs;
  }

  private static List<Script> replaced(Script script, Script changed, Run run) {
    return run.scripts().stream().map(s -> s == script ? changed : s).toList();
  }

  /** What is plainly wrong in one of the scripts: numbers are judged elsewhere. */
  private static List<Finding> of(Script script, List<Script> all, Lexicon words) {
    return Followed.of(all, words).findings().stream()
        .filter(f -> f.script() == script)
        .filter(f -> ScriptMeasures.of(f.what()).unit().equals("flag"))
        .toList();
  }
}
