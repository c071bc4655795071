package org.aitia.cli.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Question;
import org.aitia.report.terminal.QuestionText;

/** What typed words mean: as answers, causes and questions, in either language. */
final class Replies {
  private final Knowledge knowledge;
  private final Language language;

  Replies(Knowledge knowledge, Language language) {
    this.knowledge = knowledge;
    this.language = language;
  }

  /**
   * The answer that a typed word stands for: a number of the list, a letter, a key, a label or its
   * beginning where that is clear. Numbers and free text are taken as they are.
   */
  Optional<String> answer(Question question, String typed) {
    String word = typed.strip().toLowerCase(Locale.ROOT);
    if (word.isEmpty()) {
      return Optional.empty();
    }
    for (Map.Entry<String, String> letter : QuestionText.LETTERS.entrySet()) {
      boolean said = word.equals(letter.getKey()) || word.equals(label(question, letter.getKey()));
      if (said || word.equals(letter.getValue())) {
        return Optional.of(letter.getKey());
      }
    }
    if (question.kind() == Question.Kind.NUMBER || question.kind() == Question.Kind.TEXT) {
      return Optional.of(typed.strip());
    }
    List<String> keys = List.copyOf(question.answers().keySet());
    if (word.matches("\\d{1,2}")) {
      int number = Integer.parseInt(word);
      return number >= 1 && number <= keys.size()
          ? Optional.of(keys.get(number - 1))
          : Optional.empty();
    }
    return keys.stream()
        .filter(k -> word.equals(k) || word.equals(label(question, k)))
        .findFirst()
        .or(() -> beginning(question, keys, word));
  }

  private Optional<String> beginning(Question question, List<String> keys, String word) {
    List<String> found =
        keys.stream()
            .filter(k -> k.startsWith(word) || label(question, k).startsWith(word))
            .toList();
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  private String label(Question question, String key) {
    return knowledge.answer(question, key, language).toLowerCase(Locale.ROOT);
  }

  /**
   * The cause that a typed word stands for: its number in the ranking, its id or its name.
   *
   * @param ranked ids of the causes as they are ranked
   */
  Optional<String> cause(String typed, List<String> ranked) {
    String word = typed.strip().toLowerCase(Locale.ROOT);
    if (word.matches("\\d{1,2}")) {
      int number = Integer.parseInt(word);
      return number >= 1 && number <= ranked.size()
          ? Optional.of(ranked.get(number - 1))
          : Optional.empty();
    }
    return knowledge.causes().keySet().stream()
        .filter(id -> id.equals(word.replace(' ', '-')) || name(id).equals(word))
        .findFirst();
  }

  private String name(String cause) {
    return knowledge.cause(cause).page(language).name().toLowerCase(Locale.ROOT);
  }

  /** Everything that may be typed for an answer, for completion. */
  List<String> words(Question question) {
    return new ArrayList<>(QuestionText.keys(question));
  }
}
