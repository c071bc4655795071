package org.aitia.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.aitia.observation.Observing;
import org.aitia.run.Companions;
import org.aitia.run.FileNote;
import org.aitia.run.Run;

/** Files damaged at random places: bytes flipped, runs of them overwritten, ends cut off. */
public final class Damage {
  private Damage() {}

  /** Reads damaged copies of a file; each has to end with a note, and what was read be usable. */
  public static void of(Path file, Path folder, int copies) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(20_261_125);
    Path copy = folder.resolve(file.getFileName());
    for (int i = 0; i < copies; i++) {
      Files.write(copy, damaged(whole, random));
      Run run = Runs.read(copy);
      FileNote note = Runs.only(run);
      assertThat(note.message()).as("copy %d", i).isNotBlank();
      Observing.observe(run, Companions.NONE);
    }
  }

  private static byte[] damaged(byte[] whole, Random random) {
    byte[] bytes = whole.clone();
    switch (random.nextInt(4)) {
      case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length - 1) + 1);
      case 1 -> {
        int at = random.nextInt(bytes.length);
        Arrays.fill(bytes, at, Math.min(bytes.length, at + 16), (byte) 0xff);
      }
      default -> {
        for (int n = random.nextInt(8); n >= 0; n--) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
      }
    }
    return bytes;
  }
}
