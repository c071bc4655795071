package org.aitia.run.word;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The lists of words that the program brings along: {@code names.yaml}, {@code frameworks.yaml}.
 */
public final class WordList {
  private WordList() {}

  /**
   * The words by section and by what they stand for, all in the order of the file. Read by hand: a
   * parser for all of YAML would cost every start more than the rest of it.
   *
   * @param name of a file of the class path: a section a line, below it a kind with its list a line
   */
  public static Map<String, Map<String, List<String>>> read(String name) {
    Map<String, Map<String, List<String>>> sections = new LinkedHashMap<>();
    try (InputStream in = WordList.class.getResourceAsStream("/" + name);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      Map<String, List<String>> section = Map.of();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int colon = line.indexOf(':');
        if (line.isBlank() || line.startsWith("#") || colon < 0) {
          continue;
        }
        String key = line.substring(0, colon).strip();
        if (line.charAt(0) != ' ') {
          section = sections.computeIfAbsent(key, k -> new LinkedHashMap<>());
        } else {
          section.put(key, words(line.substring(line.indexOf('[') + 1, line.lastIndexOf(']'))));
        }
      }
      return sections;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> words(String list) {
    List<String> words = new ArrayList<>();
    for (String word : list.split(",")) {
      String plain = word.strip();
      words.add(plain.startsWith("\"") ? plain.substring(1, plain.length() - 1) : plain);
    }
    return words;
  }
}
