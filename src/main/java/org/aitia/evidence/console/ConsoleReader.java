package org.aitia.evidence.console;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.regex.Pattern;
import org.aitia.evidence.file.Head;
import org.aitia.evidence.file.Input;
import org.aitia.evidence.file.Reader;
import org.aitia.evidence.file.Segments;
import org.aitia.evidence.file.Whole;
import org.aitia.evidence.vocabulary.Vocabulary;
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

  /** Names of logs whatever their ending. */
  private static final Pattern NAMED =
      Pattern.compile("^(?:log|stdout|stderr|output|nohup|slurm)\\b|\\.log\\.|_log$|console");

  /** Lines with values that must be in the head; fewer are enough in a short log. */
  private static final int ENOUGH = 3;

  /** Losses that are a course though no line names a place. */
  private static final int COURSE = 5;

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
    String name = head.name();
    String ending = name.substring(name.lastIndexOf('.') + 1);
    if (!head.isText() || OTHERS.contains(ending)) {
      return false;
    }
    boolean json = ending.startsWith("json") || ending.endsWith("jsonl");
    boolean log = LOGS.contains(ending) || !json && NAMED.matcher(name).find();
    LogSigns signs = LogSigns.of(head.text(), head.vocabulary());
    if (json && signs.objects() < 2) {
      return false;
    }
    boolean few = head.isWhole() && log;
    return signs.placed() > 0 && signs.lines() >= (few ? 1 : ENOUGH)
        || log && signs.remarks() > 0
        || log && (signs.results() > 0 || signs.trains() >= COURSE)
        || json && signs.lines() >= ENOUGH
        // a long preamble may hide it
        || log && !head.isWhole() && (!ending.equals("txt") || LogSigns.further(head));
  }

  @Override
  public FileNote read(Input input, RunBuilder run) throws IOException {
    return read(input.name(), format(), input.text(), input.vocabulary(), run);
  }

  /**
   * Reads what was printed, wherever it is kept; closes it.
   *
   * @param format of the file that keeps it
   * @throws IOException when nothing could be read
   */
  public static FileNote read(
      String file, String format, InputStream printed, Vocabulary vocabulary, RunBuilder run)
      throws IOException {
    run.fallback(file);
    ConsoleLog log = new ConsoleLog(file, vocabulary, run);
    String damage;
    try (Whole whole = new Whole(printed);
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
      message +=
          log.hasJustBegun()
              ? " of the last but one of "
                  + log.trainings()
                  + " trainings: the last has only just begun"
              : " of the last of " + log.trainings() + " trainings";
    }
    return new FileNote(
        file,
        format,
        damage == null ? FileNote.State.READ : FileNote.State.PARTIAL,
        damage == null ? message : message + "; " + damage);
  }
}
