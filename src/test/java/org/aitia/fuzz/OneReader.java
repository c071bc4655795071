package org.aitia.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.aitia.evidence.file.Input;
import org.aitia.evidence.file.Progress;
import org.aitia.evidence.file.Reader;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.run.FileNote;
import org.aitia.run.RunBuilder;

/**
 * A reader alone: it may take the file, pass it over, or say by an {@link IOException} what is
 * wrong with it.
 */
final class OneReader implements FuzzTarget.Target {
  private final Reader reader;
  private final Path folder;

  /** By name, each in a folder of its own: a file is written over, never deleted. */
  private final Map<String, Path> files = new HashMap<>();

  OneReader(Reader reader, Path folder) {
    this.reader = reader;
    this.folder = folder;
  }

  @Override
  public void take(byte[] input) throws IOException {
    taken(input);
  }

  /** Whether the reader recognised the input. */
  boolean taken(byte[] input) throws IOException {
    byte[] content =
        Framing.of(reader.format()) != null && Framing.isParts(input)
            ? Framing.of(reader.format()).apply(Part.of(input))
            : input;
    Path file = files.computeIfAbsent(name(reader.format(), content), this::place);
    Files.write(file, content);
    RunBuilder run = new RunBuilder("fuzz");
    boolean recognised =
        read(new Input(file, file.getFileName().toString(), Progress.NONE, Vocabulary.base()), run);
    run.build();
    return recognised;
  }

  private Path place(String name) {
    try {
      Path file = folder.resolve(name.replaceAll("\\W", "_") + "-folder").resolve(name);
      Files.createDirectories(file.getParent());
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean read(Input input, RunBuilder run) {
    try {
      if (!reader.recognises(input.head())) {
        return false;
      }
      FileNote note = reader.read(input, run);
      if (note.message() == null || note.message().isBlank()) {
        throw new AssertionError("a note without a word");
      }
    } catch (IOException e) {
      if (e.getMessage() == null || e.getMessage().isBlank()) {
        throw new AssertionError("an error without a word", e);
      }
    }
    return true;
  }

  /** A name under which the format is looked for; some are told apart by it. */
  static String name(String format, byte[] content) {
    String start =
        new String(content, 0, Math.min(100, content.length), StandardCharsets.ISO_8859_1);
    return switch (format) {
      case "tensorboard" -> "events.out.tfevents.1.host";
      case "mindspore" -> "events.out.events.summary.1.host_MS";
      case "run-record" -> "record.run.jsonl";
      case "mlflow" -> start.contains("_") ? "meta.yaml" : "metrics/loss";
      case "keras" -> "model.keras";
      case "pytorch" -> "model.pt";
      case "numpy" -> start.startsWith("PK") ? "train.npz" : "loss.npy";
      case "trainer-state" -> "trainer_state.json";
      case "trainer-results" -> "all_results.json";
      case "environment" -> "requirements.txt";
      case "script" -> "train.py";
      case "config" -> "config.json";
      case "metrics-csv" -> "metrics.csv";
      case "table-csv" -> "train.csv";
      case "notebook" -> "train.ipynb";
      case "console-log" -> "train.log";
      default -> "file";
    };
  }
}
