package org.aitia.script.parse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreparedTest {
  private final Bounds bounds = new Bounds();

  private String prepared(String text) {
    return Prepared.of(text, bounds);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x = '#' + \"#\" + '''#\n#''' + r'\\' + '\\'#'\n",
        "f(a,\n  [1, {2: 3}],\n)\n",
        "x = f'{a:>{w}} {b[\"#\"]} {{# {c!r:#x}'\n",
        "x = rf'\\{{[{a}](!)'\n",
        "x = f'''\n{a}\n# no comment\n'''\n",
        "x = f\"{f'{1 + {2: 3}[2]}'}\"\n",
        "x = 1 \\\n  + 2\n",
        "if a:\n\tb\nelse:\n        c\n"
      })
  void whatIsRightStays(String text) {
    assertThat(prepared(text)).isEqualTo(text);
    assertThat(bounds.passed()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "x = 1  # a 'comment' (|`x = 1  `",
        "`  # all of a line`|`  `",
        "x = (1, [2|x = (1, [2])",
        "x = (1, [2)|x = (1, [2])",
        "x = 1)]|x = 1",
        "x = 'a|x = 'a'",
        "x = f'{a|x = f'{a}'",
        "x = f'{a:>3|x = f'{a:>3}'"
      })
  void theRestIsMended(String text, String mended) {
    assertThat(prepared(text + "\n")).isEqualTo(mended + "\n");
  }

  @Test
  void lostBracketEndsWithItsLine() {
    assertThat(prepared("x = (1,\ny = [\n 2, 3]\nz = 4\n"))
        .isEqualTo("x = (1,)\ny = [\n 2, 3]\nz = 4\n");
    assertThat(prepared("x = f(\r\ndef g(): pass\r\n")).isEqualTo("x = f()\r\ndef g(): pass\r\n");
  }

  @Test
  void whatPythonRefusesEndsTheScript() {
    assertThat(prepared("x = 1\nfor a in b:\n  " + "[".repeat(201) + "\ny = 2\n"))
        .isEqualTo("x = 1\n");
    assertThat(bounds.passed()).isEqualTo("in line 3 brackets are nested more than 200 deep");
  }

  @Test
  void asMuchAsPythonTakesIsRead() {
    String text = "x = " + "[".repeat(200) + "]".repeat(200) + "\n";
    assertThat(prepared(text)).isEqualTo(text);
    StringBuilder blocks = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      blocks.append(" ".repeat(i)).append("if a:\n");
    }
    blocks.append(" ".repeat(100)).append("b\n");
    assertThat(prepared(blocks.toString())).isEqualTo(blocks.toString());
    assertThat(bounds.passed()).isNull();
  }
}
