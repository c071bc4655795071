package org.aitia.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class CellsTest {
  @Test
  void chineseTakesTwoCellsAndMarksNone() {
    assertThat(Cells.width("loss曲线")).isEqualTo(8);
    assertThat(Cells.width("（，）")).isEqualTo(6);
    assertThat(Cells.width("e\u0301")).isEqualTo(1);
    assertThat(Cells.width("😀")).isEqualTo(2);
  }

  @Test
  void noLineIsTooWideAndNothingIsLost() {
    String text = "学习率（learning rate）过大：训练前十分之一内损失冲高到起始值的 5.9 倍；averyveryverylongword 结束。";
    for (int width = 4; width < 60; width++) {
      List<String> lines = Cells.wrap(text, width);
      int limit = width;
      assertThat(lines).allSatisfy(l -> assertThat(Cells.width(l)).isLessThanOrEqualTo(limit));
      assertThat(String.join("", lines).replace(" ", "")).isEqualTo(text.replace(" ", ""));
    }
  }

  @Test
  void punctuationDoesNotBeginALine() {
    assertThat(Cells.wrap("一二三四，五六", 8)).containsExactly("一二三", "四，五六");
    assertThat(Cells.wrap("一二三（四五", 8)).containsExactly("一二三", "（四五");
  }

  @Test
  void wordsStayWhole() {
    assertThat(Cells.wrap("the loss is flat", 8)).containsExactly("the loss", "is flat");
    assertThat(Cells.wrap("", 8)).containsExactly("");
    assertThat(Cells.wrap("abcdefghij", 4)).containsExactly("abcd", "efgh", "ij");
  }

  @Test
  void nothingSteersTheTerminal() {
    String clean = Cells.clean("a\u001b[31mb\u0007\r\nc\u202Ed\u009b\ud800");
    assertThat(clean.chars()).noneMatch(c -> Character.isISOControl(c) || c == 0x202E);
    assertThat(clean).doesNotContain("\n").contains("c");
    assertThat(Cells.clean(null)).isEmpty();
  }

  @Test
  void cutsByCells() {
    assertThat(Cells.cut("学习率过大", 7)).isEqualTo("学习率…");
    assertThat(Cells.cut("short", 7)).isEqualTo("short");
  }
}
