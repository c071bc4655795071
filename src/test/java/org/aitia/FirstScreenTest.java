package org.aitia;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.evidence.RunFolder;
import org.aitia.evidence.file.Progress;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.knowledge.Language;
import org.aitia.report.Cells;
import org.aitia.report.Words;
import org.aitia.report.document.MarkdownReport;
import org.aitia.report.terminal.FirstScreen;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The first screen of every example is an answer, and one screen. */
@Tag("examples")
final class FirstScreenTest {
  private static final int LINES = 25;

  private static Diagnoser diagnoser;

  @BeforeAll
  static void start() {
    diagnoser = Diagnoser.builtIn();
  }

  static Stream<Path> examples() throws IOException {
    try (Stream<Path> folders = Files.list(Path.of("examples"))) {
      return folders
          .filter(f -> Files.exists(f.resolve("expected.json")))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void isAnAnswer(Path example) throws IOException {
    Diagnoser.Examination examination =
        diagnoser.examine(
            RunFolder.read(
                example.toString(), example, Progress.NONE, List.of(), Vocabulary.base()));
    for (Language language : Language.values()) {
      Diagnosis diagnosis = examination.diagnose(language);
      Words words = new Words(diagnoser.knowledge(), language);
      for (int width : new int[] {80, 100, 120}) {
        String plain = new FirstScreen(diagnoser.knowledge(), width, false).render(diagnosis);
        String coloured = new FirstScreen(diagnoser.knowledge(), width, true).render(diagnosis);
        assertThat(plain.lines().toList())
            .as("%s in %s at %d", example, language, width)
            .hasSizeLessThanOrEqualTo(LINES)
            .allSatisfy(l -> assertThat(Cells.width(l)).isLessThanOrEqualTo(width));
        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(plain);
        assertThat(plain)
            .contains(words.say("screen-read"), words.say("screen-sure"), "README.md")
            .contains("● " + words.say("verdict-" + diagnosis.verdict().id()));
        diagnosis.causes().stream()
            .limit(1)
            .forEach(c -> assertThat(plain).contains(c.name(), Words.percent(c.probability())));
      }
    }
  }

  /** A word in Latin letters that is no part of a path, a place, an id or a number's exponent. */
  private static final Pattern LATIN =
      Pattern.compile("(?<![A-Za-z0-9_./@:=$\\\\<-])[A-Za-z]{2,}(?![A-Za-z0-9_./@:=(>-])");

  /** Names, functions and symbols that Chinese texts of the field write in Latin letters. */
  private static final Set<String> NAMES =
      Set.of(
          ("PyTorch Keras MindSpore TensorFlow NumPy numpy Python Aitia aitia ask ReLU GELU SGD Adam"
                  + " AdamW RMSprop NaN INF Inf softmax sigmoid tanh logits logit ln log exp argmax"
                  + " KL MSE MAE mae NLL He Glorot ID id CSV JSON MD TensorBoard MLflow ONNX SHA"
                  + " Transformer LoRA EMA SWA RGB BGR CPU GPU AUC LSTM GRU API notebook pip env"
                  + " freeze rank KS IQR scale exact")
              .split(" "));

  /** What files say is quoted, and what readers note of files is theirs. */
  private static String own(String text) {
    return text.replaceAll("(?s)<summary>文件 .*", "")
        .replaceAll("(?s)```.*?```", "")
        .replaceAll("`[^`]*`", "")
        .replaceAll("“[^”]*”", "")
        .replaceAll("&\\w+;|</?\\w+>", "");
  }

  /** Names of the user's layers and columns. */
  private static List<String> words(Diagnosis.Observation o) {
    return List.of((o.detail() + " " + o.place().layer()).split("[^A-Za-z]+"));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void chineseIsChinese(Path example) throws IOException {
    Diagnosis diagnosis =
        diagnoser
            .examine(
                RunFolder.read(
                    example.toString(), example, Progress.NONE, List.of(), Vocabulary.base()))
            .diagnose(Language.ZH);
    Set<String> given = new TreeSet<>(NAMES);
    diagnosis.curves().forEach(c -> given.add(c.name()));
    diagnosis.observations().forEach(o -> given.addAll(words(o)));
    diagnosis.read().series().forEach(l -> given.add(l.metric()));
    diagnosis.files().forEach(f -> given.addAll(List.of(f.file().split("[^A-Za-z]+"))));
    String screen = new FirstScreen(diagnoser.knowledge(), 100, false).render(diagnosis);
    String page = new MarkdownReport(diagnoser.knowledge(), null).render(diagnosis);
    assertThat(
            LATIN
                .matcher(own(screen) + own(page))
                .results()
                .map(MatchResult::group)
                .filter(w -> !given.contains(w))
                .distinct())
        .isEmpty();
  }
}
