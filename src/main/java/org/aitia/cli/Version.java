package org.aitia.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/** The program's version. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() throws IOException {
    try (InputStream in = Version.class.getResourceAsStream("/version")) {
      return new String[] {
        "aitia " + new String(in.readAllBytes(), StandardCharsets.UTF_8).strip()
      };
    }
  }
}
