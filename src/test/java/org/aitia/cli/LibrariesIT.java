package org.aitia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The packaged one-shot commands have what they need beside them, and nothing of the service. */
final class LibrariesIT {
  private static final Pattern DEPENDENCY =
      Pattern.compile(
          "<dependency>\\s*<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)</artifactId>"
              + "(?:(?!</dependency>)[\\s\\S])*</dependency>");
  private static final List<String> SERVICE =
      List.of("io.quarkus", "org.flywaydb", "commons-fileupload", "com.github.ben-manes");

  @Test
  void everyLibraryIsOnTheClassPath() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    String dependencies = pom.substring(pom.indexOf("</dependencyManagement>"));
    List<String> missing = new ArrayList<>();
    List<String> files;
    try (Stream<Path> list = Files.list(Path.of("target", "lib"))) {
      files = list.map(f -> f.getFileName().toString()).toList();
    }
    Matcher found = DEPENDENCY.matcher(dependencies);
    while (found.find()) {
      boolean ours =
          !found.group().contains("<scope>test</scope>")
              && SERVICE.stream().noneMatch(found.group(1)::startsWith);
      if (ours && files.stream().noneMatch(f -> f.startsWith(found.group(2) + "-"))) {
        missing.add(found.group(1) + ":" + found.group(2));
      }
    }
    assertThat(missing).as("groups to add to command.groups in pom.xml").isEmpty();
    assertThat(files).noneMatch(f -> f.contains("quarkus") || f.contains("vertx"));
    try (JarFile jar = new JarFile("target/aitia.jar")) {
      String[] path = jar.getManifest().getMainAttributes().getValue("Class-Path").split(" ");
      assertThat(path).hasSize(files.size());
    }
  }
}
