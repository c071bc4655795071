package org.aitia.service.work;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Tells whether own rules and thresholds changed. */
final class OwnFiles {
  private OwnFiles() {}

  /** Names, sizes and times of the files; any change changes it. */
  static String state(Path rules, Path thresholds) {
    StringBuilder state = new StringBuilder();
    for (Path path : new Path[] {rules, thresholds}) {
      if (path == null) {
        continue;
      }
      try (Stream<Path> walk = Files.walk(path)) {
        for (Path file : walk.filter(Files::isRegularFile).sorted().toList()) {
          state
              .append(file)
              .append(' ')
              .append(Files.size(file))
              .append(' ')
              .append(Files.getLastModifiedTime(file))
              .append('\n');
        }
      } catch (IOException | java.io.UncheckedIOException e) {
        state.append(path).append(" cannot be read\n");
      }
    }
    return state.toString();
  }
}
