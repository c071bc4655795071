package org.aitia.evidence.console;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.aitia.evidence.file.Head;
import org.aitia.evidence.file.Segments;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.run.value.Split;

/**
 * What shows in the beginning of a text that it is a log.
 *
 * @param lines that show values
 * @param placed lines that name an epoch or a step
 * @param results lines that show a value of data that are not trained on
 * @param trains lines that show a loss of the training
 * @param objects lines that are a JSON object each
 * @param remarks lines by which a program warns or fails
 */
record LogSigns(int lines, int placed, int results, int trains, int objects, int remarks) {
  /** A preamble longer than this, in bytes, is not looked through. */
  private static final int FURTHER = 2 << 20;

  static LogSigns of(String text, Vocabulary vocabulary) {
    int lines = 0;
    int placed = 0;
    int results = 0;
    int trains = 0;
    int objects = 0;
    int remarks = 0;
    Split context = null;
    try (Segments in =
        new Segments(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
      ConsoleTable table = new ConsoleTable(vocabulary);
      for (String shown = in.next(); shown != null; shown = in.next()) {
        String piece = SpecialLine.plain(shown);
        if (table.takes(piece)) {
          lines += table.hasRow() ? 1 : 0;
          placed += table.hasRow() ? 1 : 0;
          continue;
        }
        int listed =
            PrintedHistory.of(piece, vocabulary).values().stream().mapToInt(v -> v.length).sum();
        lines += listed;
        placed += listed > 0 ? 1 : 0;
        Optional<ConsoleLine> line = ConsoleLine.of(piece, context, vocabulary);
        remarks += Remarks.certain(piece) ? 1 : 0;
        objects += piece.startsWith("{") && piece.stripTrailing().endsWith("}") ? 1 : 0;
        if (line.isPresent()) {
          ConsoleLine l = line.get();
          lines += l.values().isEmpty() ? 0 : 1;
          placed += isPlaced(l) ? 1 : 0;
          context = l.values().isEmpty() && l.heading() != null ? l.heading() : context;
          trains += l.trains() ? 1 : 0;
          results += l.values().stream().anyMatch(LogSigns::isResult) ? 1 : 0;
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory do not fail", e);
    }
    return new LogSigns(lines, placed, results, trains, objects, remarks);
  }

  private static boolean isPlaced(ConsoleLine line) {
    return !Double.isNaN(line.place().epoch())
        || !Double.isNaN(line.place().step())
        || !Double.isNaN(line.place().within()) && !line.values().isEmpty();
  }

  private static boolean isResult(LineValues.Value value) {
    return value.split() != null && value.split() != Split.TRAIN;
  }

  /** Whether a training shows behind a long preamble. */
  static boolean further(Head head) {
    try (InputStream in = head.beside(head.path()).text()) {
      String text = new String(in.readNBytes(FURTHER), StandardCharsets.UTF_8);
      LogSigns signs = of(text, head.vocabulary());
      return signs.placed() > 0 && signs.lines() > 2;
    } catch (IOException e) {
      return false;
    }
  }
}
