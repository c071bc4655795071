package org.aitia.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.aitia.evidence.Readers;

/** The first reader that recognises the input under a name that it looks for. */
final class AnyReader implements FuzzTarget.Target {
  private final List<OneReader> readers;

  AnyReader(Path folder) {
    readers = Readers.ALL.stream().map(r -> new OneReader(r, folder.resolve(r.format()))).toList();
  }

  @Override
  public void take(byte[] input) throws IOException {
    for (OneReader reader : readers) {
      if (reader.taken(input)) {
        return;
      }
    }
  }
}
