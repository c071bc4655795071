package org.aitia.service.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.aitia.service.Problem;
import org.aitia.service.TestSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that cannot stand beside each other. */
final class UnpackingTest {
  @TempDir Path folder;

  private void add(List<String> names) throws IOException {
    Unpacking files = new Unpacking(folder, 1_000, TestSettings.of().upload());
    for (String name : names) {
      files.add(name, new ByteArrayInputStream(new byte[] {1}));
    }
  }

  private void clashes(String fault, String... names) {
    Problem problem = catchThrowableOfType(Problem.class, () -> add(List.of(names)));
    assertThat(problem.status()).isEqualTo(400);
    assertThat(problem.kind()).isEqualTo("malformed-body");
    assertThat(problem.json("r")).contains("\"file\":\"" + fault + "\"");
  }

  @Test
  void aFileIsNoFolder() {
    clashes("a/b.csv", "a", "a/b.csv");
  }

  @Test
  void aFolderIsNoFile() {
    clashes("a", "a/b.csv", "a");
  }

  @Test
  void aFileDeepWithinAFile() {
    clashes("a/b/c/d", "a/b", "a/b/c/d");
  }

  @Test
  void theSameFileTwice() {
    clashes("a.csv", "a.csv", "x/b.csv", "x/../a.csv".substring(5));
  }

  @Test
  void theSameFileByAnotherName() {
    clashes("x/a.csv", "x/a.csv", "./x//a.csv");
  }
}
