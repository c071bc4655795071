package org.aitia.script;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.aitia.Diagnoser;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.evidence.RunFolder;
import org.aitia.evidence.file.Progress;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.knowledge.Language;
import org.aitia.observation.Observing;
import org.aitia.run.Companions;
import org.aitia.run.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every item that scripts are looked through for, shown in every framework that can have it. */
class ScriptItemsTest {
  private static final Diagnoser DIAGNOSER = Diagnoser.builtIn();
  private static final Path SCRIPTS = Path.of("src/test/resources/scripts");
  private static final List<String> FRAMEWORKS = List.of("pytorch", "keras", "mindspore");
  private static final Map<String, String> IMPORTS =
      Map.of("pytorch", "import torch", "keras", "keras", "mindspore", "import mindspore");

  /** One field of the matrix. */
  record Shown(String item, String framework, String script, String finds) {
    @Override
    public String toString() {
      return item + " in " + framework;
    }
  }

  private static JsonNode matrix() throws IOException {
    return new ObjectMapper(new YAMLFactory()).readTree(SCRIPTS.resolve("items.yaml").toFile());
  }

  static Stream<Shown> shown() throws IOException {
    List<Shown> all = new ArrayList<>();
    for (Map.Entry<String, JsonNode> item : matrix().properties()) {
      JsonNode finds = item.getValue().get("finds");
      for (String framework : FRAMEWORKS) {
        JsonNode script = item.getValue().get(framework);
        if (script != null && script.isTextual()) {
          String what = finds.isTextual() ? finds.asText() : finds.get(framework).asText();
          all.add(new Shown(item.getKey(), framework, script.asText(), what));
        }
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("shown")
  void found(Shown shown) throws IOException {
    Path path = SCRIPTS.resolve("faulty").resolve(shown.script());
    Run run = RunFolder.read(path.toString(), path, Progress.NONE, List.of(), Vocabulary.base());
    Stream<String> flags =
        Observing.observe(run, Companions.NONE).stream()
            .filter(o -> o.measure().unit().equals("flag"))
            .map(o -> o.measure().id());
    Stream<String> symptoms =
        DIAGNOSER.diagnose(run, Language.EN).symptoms().stream().map(Diagnosis.Symptom::id);
    assertThat(Files.readString(path)).contains(IMPORTS.get(shown.framework()));
    assertThat(Stream.concat(flags, symptoms)).contains(shown.finds());
  }

  @Test
  void nothingLeftOpen() throws IOException {
    for (Map.Entry<String, JsonNode> item : matrix().properties()) {
      for (String framework : FRAMEWORKS) {
        JsonNode field = item.getValue().get(framework);
        assertThat(field).as(item.getKey() + " in " + framework).isNotNull();
        assertThat(field.isTextual() || !field.path("none").asText().isBlank())
            .as(item.getKey() + " in " + framework + ": a script, or why there is none")
            .isTrue();
      }
    }
  }
}
