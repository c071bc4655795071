package org.aitia;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher in a checkout of its own, with a Maven and a Java that only note that they were
 * started: when it builds, and when it makes its archive.
 */
@Timeout(60)
final class LauncherTest {
  private static final String MAVEN =
      """
      #!/usr/bin/env bash
      echo built >>"$NOTES/mvn"
      AITIA_BUILD=begin bash "$CHECKOUT/aitia"
      AITIA_BUILD=pack bash "$CHECKOUT/aitia"
      printf 'half' >"$CHECKOUT/target/aitia.jar"
      sleep "${SLOW:-0}"
      [ -z "${KILLED:-}" ] || kill -9 $$
      printf ' and whole' >>"$CHECKOUT/target/aitia.jar"
      AITIA_BUILD=end bash "$CHECKOUT/aitia"
      """;

  private static final String JAVA =
      """
      #!/usr/bin/env bash
      for a in "$@"; do
        case "$a" in
          -XX:ArchiveClassesAtExit=*) echo made >>"$NOTES/archive"; echo classes >"${a#*=}"; exit ;;
          -XX:SharedArchiveFile=*) shared=" shared" ;;
        esac
      done
      echo "ran${shared:-}"
      """;

  @TempDir Path folder;
  private Path checkout;
  private Path jdk;

  @BeforeEach
  void checkOut() throws IOException {
    checkout = Files.createDirectories(folder.resolve("a check out"));
    jdk = Files.createDirectories(folder.resolve("jdk"));
    Files.copy(Path.of("aitia"), checkout.resolve("aitia"));
    for (String name :
        List.of("src/main/A.java", "src/main/B.java", "rules/r", "knowledge-base/k")) {
      Files.createDirectories(checkout.resolve(name).getParent());
      Files.writeString(checkout.resolve(name), name);
    }
    Files.writeString(checkout.resolve("pom.xml"), "<project/>");
    program(folder.resolve("bin/mvn"), MAVEN);
    program(jdk.resolve("bin/java"), JAVA);
    Files.writeString(jdk.resolve("release"), "17.0.1");
  }

  private static void program(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Process launch(String... environment) throws IOException {
    ProcessBuilder start = new ProcessBuilder("bash", checkout.resolve("aitia").toString(), "list");
    start.environment().put("JAVA_HOME", jdk.toString());
    start.environment().put("NOTES", folder.toString());
    start.environment().put("CHECKOUT", checkout.toString());
    start.environment().put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
    start.environment().remove("AITIA_BUILD");
    start.environment().remove("AITIA_NO_ARCHIVE");
    for (String variable : environment) {
      start.environment().put(variable.split("=")[0], variable.split("=")[1]);
    }
    return start.redirectErrorStream(true).start();
  }

  private String start(String... environment) throws Exception {
    Process process = launch(environment);
    String said = new String(process.getInputStream().readAllBytes());
    process.waitFor(30, TimeUnit.SECONDS);
    return said + process.exitValue();
  }

  private int times(String note) throws IOException {
    Path file = folder.resolve(note);
    return Files.exists(file) ? Files.readAllLines(file).size() : 0;
  }

  @Test
  void buildsOnceAndThenOnlyWhatChanged() throws Exception {
    assertThat(start()).endsWith("ran shared\n0");
    assertThat(start()).isEqualTo("ran shared\n0");
    assertThat(times("mvn")).isOne();
    Files.writeString(checkout.resolve("src/main/A.java"), "other");
    // Older than the jar, as by a clock that goes slow.
    FileTime old = FileTime.from(Instant.EPOCH);
    Files.setLastModifiedTime(checkout.resolve("src/main/A.java"), old);
    start();
    assertThat(times("mvn")).isEqualTo(2);
    Files.delete(checkout.resolve("src/main/B.java"));
    start();
    assertThat(times("mvn")).isEqualTo(3);
  }

  @Test
  void aSourceThatOnlyLooksNewerIsNoChange() throws Exception {
    start();
    FileTime ahead = FileTime.from(Instant.now().plusSeconds(86_400));
    Files.setLastModifiedTime(checkout.resolve("src/main/A.java"), ahead);
    start();
    assertThat(times("mvn")).isOne();
  }

  @Test
  void aBuildThatWasKilledIsDoneAgain() throws Exception {
    assertThat(start("KILLED=1")).contains("the build failed").endsWith("2");
    assertThat(checkout.resolve("target/aitia.jar")).hasContent("half");
    assertThat(start()).endsWith("ran shared\n0");
    assertThat(checkout.resolve("target/aitia.jar")).hasContent("half and whole");
    assertThat(times("mvn")).isEqualTo(2);
  }

  @Test
  void aJarThatWasCutIsBuiltAgain() throws Exception {
    start();
    Files.writeString(checkout.resolve("target/aitia.jar"), "");
    assertThat(start()).endsWith("ran shared\n0");
    assertThat(times("mvn")).isEqualTo(2);
  }

  @Test
  void twoFirstStartsBuildOnce() throws Exception {
    Process one = launch("SLOW=2");
    Process two = launch("SLOW=2");
    for (Process each : List.of(one, two)) {
      assertThat(new String(each.getInputStream().readAllBytes()))
          .containsPattern("ran( shared)?\n$");
      assertThat(each.waitFor()).isZero();
    }
    assertThat(times("mvn")).isOne();
    assertThat(start()).isEqualTo("ran shared\n0");
  }

  @Test
  void theArchiveIsOfOneJarAndOneJdk() throws Exception {
    start();
    start();
    assertThat(times("archive")).isOne();
    Files.writeString(checkout.resolve("target/aitia.jsa"), "cut");
    start();
    assertThat(times("archive")).isEqualTo(2);
    Files.writeString(jdk.resolve("release"), "21");
    start();
    assertThat(times("archive")).isEqualTo(3);
    assertThat(start("AITIA_NO_ARCHIVE=1")).isEqualTo("ran shared\n0");
    try (var left = Files.list(checkout.resolve("target"))) {
      assertThat(left.map(p -> p.getFileName().toString()))
          .contains("aitia.jar", "aitia.built", "aitia.jsa", "aitia.jsa.of")
          .noneMatch(n -> n.matches("aitia\\.\\d+\\..*|.*\\.new"));
    }
  }
}
