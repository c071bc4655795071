package org.aitia.service;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A small disk of its own that can be filled; only root can make one. */
public final class SmallDisk implements AutoCloseable {
  private final Path place;

  private SmallDisk(Path place) {
    this.place = place;
  }

  /** Makes one, where this user may; skips the test where not. */
  public static SmallDisk orSkip(Path place, int megabytes)
      throws IOException, InterruptedException {
    Files.createDirectories(place);
    boolean made =
        "root".equals(System.getProperty("user.name"))
            && run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", "" + place);
    Assumptions.assumeTrue(made, "no disk can be mounted here: not tested with a full one");
    return new SmallDisk(place);
  }

  /** Takes all that is left. */
  public void fill() throws IOException {
    byte[] block = new byte[4096];
    new Random(1).nextBytes(block);
    try (OutputStream out = Files.newOutputStream(place.resolve("fill"))) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      // full
    }
  }

  public void free() throws IOException {
    Files.delete(place.resolve("fill"));
  }

  public Path place() {
    return place;
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(List.of(command)).start();
    return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    run("umount", "-l", place.toString());
  }
}
