package org.aitia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.diagnosis.Overlooked;
import org.aitia.evidence.Kinds;
import org.aitia.evidence.RunFolder;
import org.aitia.evidence.file.Progress;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.read.KnowledgeReader;
import org.aitia.limit.Budget;
import org.aitia.limit.Cancelled;
import org.aitia.limit.Failure;
import org.aitia.observation.Observers;
import org.aitia.observation.Observing;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observer;
import org.aitia.reasoning.rule.RuleBook;
import org.aitia.report.document.HtmlReport;
import org.aitia.report.document.MarkdownReport;
import org.aitia.report.terminal.TextReport;
import org.aitia.run.Companions;
import org.aitia.run.FileNote;
import org.aitia.run.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A part that fails is told and costs nothing but itself. */
final class IsolationTest {
  private static final Path EXAMPLE = Path.of("examples/class-imbalance--rare-defects");
  private static final Knowledge KNOWLEDGE = KnowledgeReader.compiled();
  private static final RuleBook RULES = RuleBook.builtIn();

  /** An observer that goes wrong. */
  private record Failing(Observer whole, Runnable fault) implements Observer {
    @Override
    public String subject() {
      return whole.subject();
    }

    @Override
    public List<Measure> measures() {
      return whole.measures();
    }

    @Override
    public void observe(Run run, Notebook notes) {
      fault.run();
    }
  }

  private static Run example() {
    return read(EXAMPLE, Progress.NONE);
  }

  private static Run read(Path path, Progress progress) {
    try {
      return RunFolder.read("run", path, progress, List.of(), Vocabulary.base());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Diagnoser failing(String subject, Runnable fault) {
    List<Observer> observers = new ArrayList<>();
    for (Observer o : Observers.all()) {
      observers.add(o.subject().equals(subject) ? new Failing(o, fault) : o);
    }
    return new Diagnoser(KNOWLEDGE, RULES, Vocabulary.base(), observers);
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of("exception", (Runnable) () -> Integer.parseInt("x"), "NumberFormatException"),
        Arguments.of("nesting", (Runnable) () -> nest(0), "nested too deep"),
        Arguments.of(
            "memory", (Runnable) () -> nest(new long[Integer.MAX_VALUE - 1].length), "more memory"),
        Arguments.of(
            "linkage",
            (Runnable)
                () -> {
                  throw new NoClassDefFoundError("lib");
                },
            "NoClassDefFoundError"));
  }

  @SuppressWarnings("InfiniteRecursion") // that is the fault
  private static int nest(int depth) {
    return nest(depth + 1) + 1;
  }

  @ParameterizedTest
  @MethodSource("faults")
  void whateverGoesWrongInAnObserverStaysThere(String name, Runnable fault, String why) {
    Diagnosis d = failing("labels", fault).diagnose(example(), Language.EN);
    assertThat(d.failed()).extracting(Diagnosis.Failed::part).containsExactly("observer:labels");
    assertThat(d.failed().get(0).why()).contains(why);
    assertThat(d.observations()).noneMatch(o -> o.subject().equals("labels"));
  }

  static Stream<String> subjects() {
    return Observers.all().stream().map(Observer::subject);
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void allOthersMeasureWhatTheyMeasureAlways(String subject) {
    Run run = example();
    Set<String> others =
        Observing.observe(run, Companions.NONE).stream()
            .filter(o -> !o.subject().equals(subject))
            .map(o -> o.measure().id() + o.value() + o.place())
            .collect(Collectors.toSet());
    Diagnoser.Examination examination = failing(subject, () -> Integer.parseInt("x")).examine(run);
    assertThat(
            examination.conclude(Map.of()).observations().stream()
                .filter(o -> !o.subject().equals("environment"))
                .map(o -> o.measure().id() + o.value() + o.place())
                .collect(Collectors.toSet()))
        .isEqualTo(others);
  }

  @Test
  void whatTheFailedPartShouldHaveLookedAtWasNotChecked() {
    Diagnosis whole = Diagnoser.builtIn().diagnose(example(), Language.EN);
    Diagnosis d = failing("labels", () -> Integer.parseInt("x")).diagnose(example(), Language.EN);
    assertThat(whole.notChecked()).noneMatch(n -> n.check().equals("classes-balanced"));
    assertThat(d.notChecked())
        .filteredOn(n -> n.check().equals("classes-balanced"))
        .singleElement()
        .satisfies(
            n -> {
              assertThat(n.missing()).contains("labels").contains("NumberFormatException");
              assertThat(n.how()).contains("report it");
            });
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void whatEachObserverReadsIsKnown(String subject) {
    Failure failure = new Failure(Failure.Part.OBSERVER, subject, null, "failed", null);
    assertThat(Kinds.ALL).containsAll(Overlooked.by(List.of(failure)).keySet());
    assertThat(Overlooked.observers()).contains(subject);
  }

  @Test
  void everyReportTellsIt() {
    Diagnoser diagnoser = failing("labels", () -> Integer.parseInt("x"));
    for (Language language : Language.values()) {
      Diagnosis d = diagnoser.diagnose(example(), language);
      for (String report :
          List.of(
              new TextReport(diagnoser.knowledge(), 100, false).render(d),
              new MarkdownReport(diagnoser.knowledge(), null).render(d),
              new HtmlReport(diagnoser.knowledge()).render(d))) {
        assertThat(report).contains("NumberFormatException");
      }
    }
  }

  @Test
  void aReaderThatFailsIsToldAndTheOtherFilesStand(@TempDir Path folder) throws Exception {
    Files.copy(EXAMPLE.resolve("record.run.jsonl"), folder.resolve("a.run.jsonl"));
    Files.writeString(
        folder.resolve("z.log"), "Epoch 1/9 - loss: 0.5 - val_loss: 0.6\n".repeat(60_000));
    Run run =
        read(
            folder,
            (file, done, total) -> {
              if (file.equals("z.log")) {
                throw new IllegalStateException("the screen is gone");
              }
            });
    assertThat(run.failures())
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.part()).isEqualTo(Failure.Part.READER);
              assertThat(f.about()).isEqualTo("z.log");
            });
    assertThat(run.files())
        .extracting(FileNote::state)
        .containsExactly(FileNote.State.READ, FileNote.State.FAILED);
    Diagnosis d = Diagnoser.builtIn().diagnose(run, Language.EN);
    assertThat(d.failed()).extracting(Diagnosis.Failed::part).containsExactly("reader:console-log");
    assertThat(d.causes().get(0).id()).isEqualTo("class-imbalance");
  }

  @Test
  void aPartThatNeverEndsIsGivenUpInHalfOfTheTimeThatIsLeft() throws Exception {
    Diagnoser diagnoser =
        failing(
            "labels",
            () -> {
              while (true) {
                Budget.step();
              }
            });
    Diagnosis d =
        Budget.of(Duration.ofSeconds(4)).run(() -> diagnoser.diagnose(example(), Language.EN));
    assertThat(d.failed()).extracting(Diagnosis.Failed::part).containsExactly("observer:labels");
    assertThat(d.failed().get(0).why()).contains("was given up").contains(" s");
    assertThat(d.observations()).anyMatch(o -> o.subject().equals("loss"));
  }

  @Test
  void whatNobodyWaitsForEnds() {
    Budget budget = Budget.of(null);
    Diagnoser diagnoser = failing("labels", () -> budget.cancel("the client left"));
    assertThatThrownBy(() -> budget.run(() -> diagnoser.diagnose(example(), Language.EN)))
        .isInstanceOf(Cancelled.class)
        .hasMessageContaining("the client left");
  }
}
