package org.aitia.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short look at the whole way with the fuzzer; {@code src/fuzz/run} takes longer ones. */
class FuzzIT {
  private static final String MINUTES = "0.5";

  @TempDir Path work;

  @Test
  void nothingIsFoundAtOnce() throws Exception {
    List<String> command = new ArrayList<>(List.of("src/fuzz/run", MINUTES, FuzzTarget.RUN));
    Path out = work.resolve("out");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
    builder.environment().put("AITIA_FUZZ_BUILT", "true");
    builder.environment().put("AITIA_FUZZ_WORK", work.toString());
    // a machine that builds does more than this
    builder.environment().put("AITIA_FUZZ_TIMEOUT", "60");
    Process process = builder.start();
    boolean ended = process.waitFor(20, TimeUnit.MINUTES);
    process.destroy();
    String said = Files.readString(out, StandardCharsets.UTF_8);
    assertThat(ended).as(said).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    assertThat(said.lines()).singleElement().asString().matches("run +[1-9].*");
  }
}
