package org.aitia.service.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of tokens. */
final class KeyringTest {
  /** SHA-256 of "abc", from FIPS 180-2. */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir Path folder;

  private List<Key> read(String text) throws IOException {
    return Keyring.read(Files.writeString(folder.resolve("tokens"), text));
  }

  @Test
  void eachLineIsAToken() throws IOException {
    List<Key> keys =
        read("# who may what\nci  diagnose  " + ABC.toUpperCase() + "\n\nops read,admin " + ABC);
    assertThat(keys).extracting(Key::name).containsExactly("ci", "ops");
    assertThat(keys.get(0).opens("abc")).isTrue();
    assertThat(keys.get(0).opens("abd")).isFalse();
    assertThat(keys.get(0).may(Right.DIAGNOSE)).isTrue();
    assertThat(keys.get(0).may(Right.READ)).isFalse();
    assertThat(keys.get(1).may(Right.DIAGNOSE)).as("admin may all").isTrue();
  }

  @Test
  void whatIsWrongIsNamedWithItsLine() {
    assertThatThrownBy(() -> read("ci read " + ABC + "\nci read " + ABC))
        .hasMessage("line 2: ci stands there twice");
    assertThatThrownBy(() -> read("ci write " + ABC)).hasMessageContaining("line 1: 'write'");
    assertThatThrownBy(() -> read("ci read secret")).hasMessageContaining("line 1");
    assertThatThrownBy(() -> read("# none\n")).hasMessageContaining("no token");
  }
}
