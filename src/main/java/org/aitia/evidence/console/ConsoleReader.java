package org.aitia.evidence.console;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.aitia.evidence.file.Head;
import org.aitia.evidence.file.Input;
import org.aitia.evidence.file.Reader;
import org.aitia.evidence.file.Segments;
import org.aitia.evidence.file.Whole;
import org.aitia.run.FileNote;
import org.aitia.run.RunBuilder;

/**
 * What a training script printed: the last resort, since numbers are rounded, bars show running
 * means and steps must be guessed. Its series count only where no other file has them.
 */
public final class ConsoleReader implements Reader {
  public static final String FORMAT = "console-log";

  private static final Set<String> LOGS = Set.of("log", "txt", "out", "err");

  /** Endings of files that show how a log looks, or hold code, and are none. */
  private static final Set<String> OTHERS =
      Set.of(
          "py", "md", "rst", "ipynb", "html", "htm", "xml", "sh", "toml", "cfg", "ini", "csv",
          "tsv", "yaml", "yml", "js", "java", "c", "cpp", "h", "tex", "css", "svg", "diff",
          "patch");

  /** Lines with values that must be in the head; fewer are enough in a short log. */
  private static final int ENOUGH = 3;

  @Override
  public String format() {
    return FORMAT;
  }

  @Override
  public String describe() {
    return "what a training script printed: Keras, PyTorch's examples, Hugging Face, timm, MindSpore, DeepSpeed, LightGBM ...";
  }

  @Override
  public boolean recognises(Head head) {
    String ending = head.name().substring(head.name().lastIndexOf('.') + 1);
    if (!head.isText() || OTHERS.contains(ending)) {
      return false;
    }
    boolean json = ending.startsWith("json") || ending.endsWith("jsonl");
    int lines = 0;
    int placed = 0;
    int objects = 0;
    int remarks = 0;
    try (Segments in =
        new Segments(new ByteArrayInputStream(head.text().getBytes(StandardCharsets.UTF_8)))) {
      for (String text = in.next(); text != null; text = in.next()) {
        Optional<ConsoleLine> line = ConsoleLine.of(text, head.vocabulary());
        remarks += Remarks.certain(text) ? 1 : 0;
        objects += text.startsWith("{") && text.stripTrailing().endsWith("}") ? 1 : 0;
        if (line.isPresent()) {
          ConsoleLine l = line.get();
          lines += l.values().isEmpty() ? 0 : 1;
          placed += Double.isNaN(l.epoch()) && Double.isNaN(l.step()) ? 0 : 1;
        }
      }
    } catch (IOException e) {
      return false; // bytes in memory do not fail
    }
    if (json && objects < 2) {
      return false;
    }
    boolean few = head.isWhole() && LOGS.contains(ending);
    return placed > 0 && lines >= (few ? 1 : ENOUGH)
        || LOGS.contains(ending) && remarks > 0
        || json && lines >= ENOUGH
        // a long preamble may hide it
        || !head.isWhole() && Set.of("log", "out").contains(ending) && placed + lines > 0;
  }

  @Override
  public FileNote read(Input input, RunBuilder run) throws IOException {
    run.fallback(input.name());
    ConsoleLog log = new ConsoleLog(input, run);
    String damage;
    try (Whole whole = new Whole(input.text());
        Segments in = new Segments(whole)) {
      try {
        for (String text = in.next(); text != null; text = in.next()) {
          log.line(text, in);
        }
        damage = whole.damage();
      } catch (IOException e) {
        damage = "after line " + in.line() + ": " + e.getMessage();
      }
    }
    long taken = log.finish();
    if (taken == 0 && log.remarks() == 0) {
      throw new IOException(
          "holds no value of a metric that could be told from its words"
              + (damage == null ? "" : "; " + damage));
    }
    String message = taken > 0 ? taken + " values" : log.remarks() + " warnings and errors";
    if (log.trainings() > 1) {
      message += " of the last of " + log.trainings() + " trainings";
    }
    return new FileNote(
        input.name(),
        format(),
        damage == null ? FileNote.State.READ : FileNote.State.PARTIAL,
        damage == null ? message : message + "; " + damage);
  }
}
