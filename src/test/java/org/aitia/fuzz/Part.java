package org.aitia.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One of the files, entries or records that an input holds: each begins with a line {@code @@@
 * name}. Plain enough to be written by hand, and for the fuzzer to take apart and mix.
 */
record Part(String name, byte[] content) {
  private static final byte[] MARK = "@@@ ".getBytes(StandardCharsets.US_ASCII);
  private static final int MAX_NAME = 100;
  private static final int MAX_PARTS = 40;

  /** The parts of an input; what comes before the first mark is left out. */
  static List<Part> of(byte[] input) {
    List<Part> found = new ArrayList<>();
    int at = next(input, 0);
    while (at < input.length && found.size() < MAX_PARTS) {
      int begin = at + MARK.length;
      int line = begin;
      while (line < input.length && input[line] != '\n' && line - begin < MAX_NAME) {
        line++;
      }
      int content = Math.min(line + 1, input.length);
      int end = next(input, content);
      int last = end < input.length && end > content ? end - 1 : end; // the mark's line feed
      String name = new String(input, begin, line - begin, StandardCharsets.UTF_8);
      found.add(new Part(name, Arrays.copyOfRange(input, content, last)));
      at = end;
    }
    return found;
  }

  /** Where the next mark stands that begins a line. */
  private static int next(byte[] input, int from) {
    for (int i = from; i + MARK.length <= input.length; i++) {
      boolean begins = i == 0 || i == from || input[i - 1] == '\n';
      if (begins && Arrays.equals(input, i, i + MARK.length, MARK, 0, MARK.length)) {
        return i;
      }
    }
    return input.length;
  }
}
