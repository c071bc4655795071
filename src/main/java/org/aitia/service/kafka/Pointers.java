package org.aitia.service.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.aitia.service.Problem;
import org.aitia.service.Settings;
import org.aitia.service.intake.Intake;
import org.aitia.service.intake.Upload;

/** Messages that say where a run lies: below the one folder that the settings name. */
@ApplicationScoped
class Pointers {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Inject Settings settings;
  @Inject Intake intake;

  /**
   * Takes in what a message points to.
   *
   * @throws Problem when it points nowhere, or out of the folder
   */
  Upload fetch(Letter letter) throws IOException {
    String path = path(letter.body());
    Path root =
        settings
            .kafka()
            .folder()
            .orElseThrow(
                () ->
                    Problem.of(
                        422, "no-folder", "no folder is open to pointers (AITIA_KAFKA_FOLDER)"))
            .toRealPath();
    String source = letter.source() == null ? path : letter.source();
    return intake.pointed(inside(root, path), source);
  }

  private static String path(byte[] body) throws IOException {
    JsonNode read = JSON.readTree(body);
    if (read == null || !read.path("path").isTextual() || read.path("path").asText().isBlank()) {
      throw Problem.field(422, "invalid-pointer", "path", "names a file or folder");
    }
    String path = read.path("path").asText();
    Intake.checkSource(path);
    return path;
  }

  /** The place that is meant, links followed: nothing outside of the folder is ever opened. */
  private static Path inside(Path root, String path) throws IOException {
    try {
      Path meant = root.resolve(path).toRealPath();
      if (meant.startsWith(root) && !meant.equals(root)) {
        return meant;
      }
    } catch (java.nio.file.NoSuchFileException | InvalidPathException e) {
      throw missing();
    }
    throw missing();
  }

  private static Problem missing() {
    return Problem.field(422, "invalid-pointer", "path", "is nothing below the folder");
  }
}
