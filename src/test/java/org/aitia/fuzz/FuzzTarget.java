package org.aitia.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aitia.evidence.Reader;

/**
 * What the fuzzer calls with every input: a reader by its format, or {@code run}, the whole way
 * from files to reports. Whatever is thrown is a finding.
 */
public final class FuzzTarget {
  /** The target that takes several files and goes the whole way. */
  static final String RUN = "run";

  private static Target target;

  private FuzzTarget() {}

  /** Takes one input. */
  interface Target {
    void take(byte[] input) throws Exception;
  }

  /** All targets by name: the formats, and {@link #RUN}. */
  static List<String> names() {
    List<String> names = new ArrayList<>();
    Reader.all().forEach(r -> names.add(r.format()));
    names.add(RUN);
    return names;
  }

  /** A target, which writes its files into the folder. */
  static Target of(String name, Path folder) throws IOException {
    if (name.equals(RUN)) {
      return new WholeWay(folder);
    }
    return Reader.all().stream()
        .filter(r -> r.format().equals(name))
        .findFirst()
        .<Target>map(r -> new OneReader(r, folder))
        .orElseThrow(() -> new IllegalArgumentException(name + " is none of " + names()));
  }

  /** Called once by the fuzzer, with the target's name. */
  public static void fuzzerInitialize(String[] arguments) throws IOException {
    Path memory = Path.of("/dev/shm");
    Path folder =
        Files.isWritable(memory)
            ? Files.createTempDirectory(memory, "aitia-fuzz-")
            : Files.createTempDirectory("aitia-fuzz-");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> Folders.clear(folder)));
    target = of(arguments[0], folder);
  }

  /** Called by the fuzzer with every input. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    target.take(input);
  }
}
