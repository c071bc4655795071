package org.aitia.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.aitia.Diagnoser;
import org.aitia.evidence.RunFolder;
import org.aitia.evidence.file.Progress;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.knowledge.Question;
import org.aitia.reasoning.fact.Conclusions;
import org.aitia.run.Companions;
import org.aitia.run.Run;
import org.aitia.run.RunBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is concluded depends on the answers that stand, never on the way that led to them. */
final class TruthMaintenanceTest {
  private static final String REFERENCE = "examples/healthy--small-batches";
  private static final int STEPS = 40;
  private static Diagnoser diagnoser;

  @BeforeAll
  static void load() {
    diagnoser = Diagnoser.builtIn();
  }

  /** A run and what it is held against, to be examined anew each time. */
  private record Given(Run run, Companions companions) {
    static Given of(String path) throws IOException {
      return path.isEmpty()
          ? new Given(new RunBuilder("").build(), Companions.NONE)
          : new Given(read(path), new Companions(read(REFERENCE), null));
    }

    private static Run read(String path) throws IOException {
      return RunFolder.read(path, Path.of(path), Progress.NONE, List.of(), Vocabulary.base());
    }

    Diagnoser.Examination examined() {
      return diagnoser.examine(run, companions);
    }
  }

  /** Gives, changes or withdraws an answer. */
  private static void change(Map<String, String> answers, Random random) {
    List<Question> all = List.copyOf(diagnoser.knowledge().questions().values());
    Question question = all.get(random.nextInt(all.size()));
    if (!answers.isEmpty() && random.nextInt(3) == 0) {
      List<String> given = List.copyOf(answers.keySet());
      answers.remove(given.get(random.nextInt(given.size())));
    } else if (question.kind() == Question.Kind.NUMBER) {
      answers.put(question.id(), String.valueOf(Math.pow(10, random.nextInt(7) - 3)));
    } else if (!question.answers().isEmpty()) {
      List<String> possible = new ArrayList<>(question.answers().keySet());
      possible.addAll(Question.SAYS_NOTHING);
      answers.put(question.id(), possible.get(random.nextInt(possible.size())));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "examples/disconnected-block--branch-never-joined",
        "examples/class-imbalance--rare-defects"
      })
  void answersGivenChangedAndWithdrawnLeaveNoTrace(String path) throws IOException {
    Given given = Given.of(path);
    Diagnoser.Examination used = given.examined();
    Random random = new Random(7);
    Map<String, String> answers = new LinkedHashMap<>();
    for (int step = 0; step < STEPS; step++) {
      change(answers, random);
      assertThat(used.conclude(answers))
          .as("%s", answers)
          .isEqualTo(given.examined().conclude(answers));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"examples/disconnected-block--branch-never-joined"})
  void sessionsOnOneRunAtTheSameTimeDoNotSeeEachOther(String path) throws Exception {
    Given run = Given.of(path);
    Diagnoser.Examination shared = run.examined();
    List<Map<String, String>> given = new ArrayList<>();
    List<Conclusions> alone = new ArrayList<>();
    Random random = new Random(11);
    Map<String, String> answers = new LinkedHashMap<>();
    for (int i = 0; i < STEPS; i++) {
      change(answers, random);
      given.add(new LinkedHashMap<>(answers));
      alone.add(run.examined().conclude(answers));
    }
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Conclusions>> calls = new ArrayList<>();
      given.forEach(g -> calls.add(() -> shared.conclude(g)));
      List<Conclusions> together = new ArrayList<>();
      for (Future<Conclusions> call : threads.invokeAll(calls)) {
        together.add(call.get());
      }
      assertThat(together).isEqualTo(alone);
    } finally {
      threads.shutdownNow();
    }
  }
}
