package org.aitia.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.aitia.evidence.file.Head;
import org.aitia.evidence.file.Reader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every reader looks through the beginning of any file in time that grows as the beginning does.
 */
class RecognitionGrowthTest {
  private static final List<String> NAMES =
      List.of(
          "x.py", "x.log", "x.csv", "x.json", "x.yaml", "x.jsonl", "requirements.txt", "metrics");

  private static final List<String> PARTS =
      List.of(
          "\n",
          " ",
          "a",
          "0",
          "a=1 ",
          "1,2\n",
          "loss: ",
          "{",
          "{\"a\":",
          "\"",
          "[",
          "\t",
          "a: 1\n",
          "epoch ",
          "[0/1] ",
          "train loss ",
          "a.",
          "Namespace(",
          "'",
          "\r",
          "  \n",
          "a==1\n",
          "=");

  private static final int SIZE = Head.SIZE / 4;

  /**
   * A beginning of four times the size may take so much more: quadratic work takes sixteen times.
   */
  private static final int MOST = 10;

  /** Processor time in ns below which a measurement is mostly noise. */
  private static final long NOISE = 20_000_000;

  static List<Reader> readers() {
    return Readers.ALL;
  }

  @ParameterizedTest
  @MethodSource("readers")
  void workGrowsAsTheBeginningDoes(Reader reader) {
    for (String part : PARTS) {
      look(reader, part, SIZE);
      long small = look(reader, part, SIZE);
      long large = look(reader, part, 4 * SIZE);
      assertThat(large).as(part).isLessThan(MOST * Math.max(NOISE, small));
    }
  }

  /** Processor time for files of all names. */
  private static long look(Reader reader, String part, int size) {
    byte[] text = part.repeat(size / part.length()).getBytes(StandardCharsets.UTF_8);
    long begun = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    NAMES.forEach(name -> reader.recognises(new Head(name, text)));
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begun;
  }
}
