package org.aitia.evidence.console;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.aitia.evidence.console.LineValues.Value;
import org.aitia.evidence.vocabulary.Tag;
import org.aitia.evidence.vocabulary.Vocabulary;

/** Values of a line that would be read as the same. */
final class Namesakes {
  private final List<Value> values;
  private final Vocabulary vocabulary;

  private Namesakes(List<Value> values, Vocabulary vocabulary) {
    this.values = values;
    this.vocabulary = vocabulary;
  }

  /**
   * Tells the values of a line apart.
   *
   * @param own for each value whether its split is told by itself or by a heading
   */
  static void settle(List<Value> values, List<Boolean> own, Vocabulary vocabulary) {
    Namesakes all = new Namesakes(values, vocabulary);
    all.giveBack(own);
    all.tellApart();
  }

  /** What took its split from the value before it gives it back where another one has it itself. */
  private void giveBack(List<Boolean> own) {
    for (int i = 0; i < values.size(); i++) {
      Value value = values.get(i);
      if (own.get(i) || !isElsewhere(i)) {
        continue;
      }
      if (isOfAnother(i)) {
        values.set(i, ofItsOwn(value)); // "Test Instance Accuracy: 0.5, Class Accuracy: 0.4"
        continue;
      }
      int word = value.split().id().length() + 1;
      String name = value.name().substring(word);
      String readAs = value.readAs().substring(word);
      values.set(
          i,
          new Value(name, readAs, null, value.weak(), value.of(), value.figure(), value.value()));
    }
  }

  /** The same of two models is not one series: the second keeps the name of its model. */
  private void tellApart() {
    for (int i = 0; i < values.size(); i++) {
      Value value = values.get(i);
      if (!value.of().isEmpty() && (isAnother(i) || isPart(i))) {
        values.set(i, ofItsOwn(value));
      }
    }
  }

  /** A value under a name that holds the word before it. */
  private static Value ofItsOwn(Value value) {
    String name = value.of() + " " + value.name();
    String split = value.split() == null ? "" : value.split().id() + " ";
    boolean told = !split.isEmpty() && value.readAs().startsWith(split);
    String metric = told ? value.readAs().substring(split.length()) : value.readAs();
    String readAs = (told ? split : "") + value.of() + " " + metric;
    return new Value(name, readAs, value.split(), value.weak(), "", value.figure(), value.value());
  }

  /** Whether the same stands elsewhere with another word before it. */
  private boolean isOfAnother(int i) {
    String of = values.get(i).of();
    Optional<Tag> tag = vocabulary.tag(values.get(i).readAs(), null);
    return !of.isEmpty()
        && IntStream.range(0, values.size())
            .anyMatch(
                k ->
                    k != i
                        && !values.get(k).of().isEmpty()
                        && !values.get(k).of().equals(of)
                        && tag.equals(vocabulary.tag(values.get(k).readAs(), null)));
  }

  /** Whether the same of another model stands before it in the line. */
  private boolean isAnother(int i) {
    Value value = values.get(i);
    return IntStream.range(0, i)
        .anyMatch(
            k ->
                !values.get(k).of().equals(value.of())
                    && !values.get(k).of().isEmpty()
                    && values.get(k).name().equals(value.name())
                    && values.get(k).split() == value.split());
  }

  /** Whether the same stands beside it without a word of its own: {@code Semantic loss, Loss}. */
  private boolean isPart(int i) {
    Optional<Tag> tag = vocabulary.tag(values.get(i).readAs(), null);
    return IntStream.range(0, values.size())
        .anyMatch(
            k ->
                k != i
                    && values.get(k).of().isEmpty()
                    && tag.equals(vocabulary.tag(values.get(k).readAs(), null)));
  }

  private boolean isElsewhere(int i) {
    Optional<Tag> tag = vocabulary.tag(values.get(i).readAs(), null);
    return IntStream.range(0, values.size())
        .anyMatch(k -> k != i && tag.equals(vocabulary.tag(values.get(k).readAs(), null)));
  }
}
