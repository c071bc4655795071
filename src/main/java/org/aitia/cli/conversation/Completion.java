package org.aitia.cli.conversation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.aitia.dialogue.Session;
import org.aitia.knowledge.Framework;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Question;
import org.aitia.report.terminal.QuestionText;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.jline.reader.impl.completer.FileNameCompleter;

/** Completes what is typed by where it stands: commands, causes, questions, answers, files. */
final class Completion implements Completer {
  private final Knowledge knowledge;
  private final Supplier<Session> session;
  private final Supplier<List<String>> commands;

  @SuppressWarnings("deprecation") // its successor comes with an artifact that has much else
  private final Completer files = new FileNameCompleter();

  Completion(Knowledge knowledge, Supplier<Session> session, Supplier<List<String>> commands) {
    this.knowledge = knowledge;
    this.session = session;
    this.commands = commands;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    List<String> words = line.words();
    String command = words.isEmpty() ? "" : words.get(0);
    if (line.wordIndex() > 0 && List.of("save", "export", "attach").contains(command)) {
      files.complete(reader, line, candidates);
      return;
    }
    after(command, line.wordIndex(), words).forEach(w -> candidates.add(new Candidate(w)));
  }

  private Collection<String> after(String command, int index, List<String> words) {
    Question asked = session.get().state().next();
    if (index == 0) {
      List<String> all = new ArrayList<>(commands.get());
      all.addAll(answers(asked));
      return all;
    }
    if (index == 1) {
      return switch (command) {
        case "how" -> knowledge.causes().keySet();
        case "withdraw" -> session.get().history();
        case "overrule" -> session.get().known().keySet();
        case "change", "why" -> knowledge.questions().keySet();
        case "show" -> Arrays.stream(Framework.values()).map(Framework::id).toList();
        case "what-if" -> {
          List<String> all = new ArrayList<>(answers(asked));
          all.addAll(knowledge.questions().keySet());
          yield all;
        }
        default -> List.of();
      };
    }
    return index == 2 && List.of("change", "overrule", "what-if").contains(command)
        ? answers(knowledge.questions().get(words.get(1)))
        : List.of();
  }

  private static List<String> answers(Question question) {
    return question == null ? List.of() : QuestionText.keys(question);
  }
}
