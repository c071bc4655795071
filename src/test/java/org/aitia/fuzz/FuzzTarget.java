package org.aitia.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aitia.evidence.Readers;

/**
 * What the fuzzer calls with every input: a reader by its format, {@code any} of them, or {@code
 * run}, the whole way from files to reports. Whatever is thrown is a finding.
 */
public final class FuzzTarget {
  /** The target that takes several files and goes the whole way. */
  static final String RUN = "run";

  /** The target that takes what any reader does, for a short look at all of them. */
  static final String ANY = "any";

  private static Target target;

  private FuzzTarget() {}

  /** Takes one input. */
  interface Target {
    void take(byte[] input) throws Exception;
  }

  /** All targets by name: the formats, and {@link #RUN}. */
  static List<String> names() {
    List<String> names = new ArrayList<>();
    Readers.ALL.forEach(r -> names.add(r.format()));
    names.add(RUN);
    return names;
  }

  /** A target, which writes its files into the folder. */
  static Target of(String name, Path folder) throws IOException {
    if (name.equals(RUN)) {
      return new WholeWay(folder);
    }
    if (name.equals(ANY)) {
      return new AnyReader(folder);
    }
    return Readers.ALL.stream()
        .filter(r -> r.format().equals(name))
        .findFirst()
        .<Target>map(r -> new OneReader(r, folder))
        .orElseThrow(() -> new IllegalArgumentException(name + " is none of " + names()));
  }

  /** Called once by the fuzzer, with the target's name. */
  public static void fuzzerInitialize(String[] arguments) throws Exception {
    Path memory = Path.of("/dev/shm");
    Path folder =
        Files.isWritable(memory)
            ? Files.createTempDirectory(memory, "aitia-fuzz-")
            : Files.createTempDirectory("aitia-fuzz-");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> Folders.clear(folder)));
    target = of(arguments[0], folder);
    // what the first input costs more than all others is not its own time
    target.take("@@@ metrics.csv\nepoch,loss\n0,1\n1,0.5\n".getBytes(StandardCharsets.US_ASCII));
  }

  /** Called by the fuzzer with every input. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    target.take(input);
  }
}
