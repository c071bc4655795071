package org.aitia.service.page;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.service.Problem;
import org.aitia.service.work.Live;

/** The runs that ship with the service, to try it on. */
@ApplicationScoped
public class Examples {
  private static final String FOLDER = "/example/";
  private static final String LIST = FOLDER + "list.txt";

  private final Map<String, List<String>> files = new LinkedHashMap<>();

  @Inject Live live;

  public Examples() {
    Assets.text(LIST)
        .lines()
        .map(line -> line.strip().split(" +"))
        .filter(parts -> parts.length > 1)
        .forEach(parts -> files.put(parts[0], List.of(parts).subList(1, parts.length)));
  }

  /** A run: what was wrong with it, and the files that it left. */
  public record Example(String id, String cause, String files) {}

  List<Example> all(Language language) {
    Knowledge knowledge = live.diagnoser().knowledge();
    return files.entrySet().stream()
        .map(
            e -> {
              String cause = e.getKey().replaceAll("--.*", "");
              boolean known = knowledge.causes().containsKey(cause);
              String name =
                  known
                      ? knowledge.cause(cause).page(language).name()
                      : knowledge.term("verdict-healthy", language);
              return new Example(e.getKey(), name, String.join(", ", e.getValue()));
            })
        .toList();
  }

  /** Its files, as a zip. */
  byte[] zip(String id) throws IOException {
    if (!files.containsKey(id)) {
      throw Problem.none("example", id);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String file : files.get(id)) {
        zip.putNextEntry(new ZipEntry(file));
        zip.write(Assets.bytes(FOLDER + id + "/" + file));
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }
}
