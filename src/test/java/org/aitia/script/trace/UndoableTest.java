package org.aitia.script.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class UndoableTest {
  private final Undoable<String, Integer> map = new Undoable<>();

  UndoableTest() {
    map.put("a", 1);
  }

  @Test
  void goesBackToWhereAWayBegan() {
    Map<String, Integer> mark = map.begin();
    map.put("a", 2);
    map.put("b", 3);
    map.put("a", 4);
    assertThat(map.undo(mark)).containsExactly(Map.entry("a", 4), Map.entry("b", 3));
    assertThat(map.get("a")).isEqualTo(1);
    assertThat(map.get("b")).isNull();
    assertThat(map.size()).isEqualTo(1);
  }

  @Test
  void whatAnInnerWayKeepsTheOuterOneTakesBack() {
    Map<String, Integer> outer = map.begin();
    map.put("b", 1);
    Map<String, Integer> inner = map.begin();
    map.put("a", 5);
    map.put("b", 6);
    assertThat(map.keep(inner)).containsExactly(Map.entry("a", 1), Map.entry("b", 1));
    assertThat(map.undo(outer)).containsOnly(Map.entry("a", 5), Map.entry("b", 6));
    assertThat(map.get("a")).isEqualTo(1);
    assertThat(map.get("b")).isNull();
  }
}
