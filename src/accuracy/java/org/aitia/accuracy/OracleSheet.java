package org.aitia.accuracy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.KnowledgeException;
import org.aitia.knowledge.Question;
import org.aitia.observation.Observers;
import org.aitia.run.value.Split;

/**
 * What a truthful user would answer to each question, written by hand and apart from what the
 * reasoner makes of the answers. The first line of a question whose conditions all hold answers it.
 */
final class OracleSheet {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .build();

  /**
   * One way to come to an answer; conditions that are null or empty hold always.
   *
   * @param answer the answer; null when the measured number is
   * @param measure what the full record must hold, on {@code split} if that is given
   * @param above the measured value must be above it
   * @param below the measured value must be below it
   * @param times factor from the measure's unit to the question's; 1 when null
   * @param setting number of the full configuration that is the answer
   * @param absent what the full record must not hold
   * @param known what the full record must hold, whatever its value
   * @param task {@code classification} or {@code regression}
   * @param any at least one of these faults was put in, {@code cause} or {@code cause/variant}
   * @param all no fault but these was put in
   * @param none none of these was put in
   */
  record Line(
      String answer,
      String measure,
      Split split,
      Double above,
      Double below,
      Double times,
      String setting,
      String absent,
      String known,
      String task,
      List<String> any,
      List<String> all,
      List<String> none) {}

  private final Map<String, List<Line>> lines;

  private OracleSheet(Map<String, List<Line>> lines) {
    this.lines = lines;
  }

  List<Line> of(String question) {
    return lines.getOrDefault(question, List.of());
  }

  /**
   * Reads a sheet: {@code groups}, lists of faults, and {@code questions}, whose lines may name a
   * group as {@code $group}.
   *
   * @throws KnowledgeException naming every question, answer, measure or cause that does not exist
   */
  static OracleSheet read(Path file, Knowledge knowledge) throws IOException {
    JsonNode tree = YAML.readTree(file.toFile());
    Map<String, List<String>> groups =
        YAML.convertValue(tree.path("groups"), new TypeReference<>() {});
    Map<String, List<Line>> lines = new LinkedHashMap<>();
    YAML.convertValue(
            tree.path("questions"), new TypeReference<LinkedHashMap<String, List<Line>>>() {})
        .forEach(
            (question, given) ->
                lines.put(question, given.stream().map(l -> grouped(l, groups)).toList()));
    List<String> problems = new ArrayList<>();
    lines.forEach(
        (id, of) -> problems.addAll(problems(file + ": " + id + ": ", id, of, knowledge)));
    if (!problems.isEmpty()) {
      throw new KnowledgeException(problems);
    }
    return new OracleSheet(lines);
  }

  private static Line grouped(Line l, Map<String, List<String>> groups) {
    return new Line(
        l.answer,
        l.measure,
        l.split,
        l.above,
        l.below,
        l.times,
        l.setting,
        l.absent,
        l.known,
        l.task,
        faults(l.any, groups),
        faults(l.all, groups),
        faults(l.none, groups));
  }

  private static List<String> faults(List<String> named, Map<String, List<String>> groups) {
    return named == null
        ? null
        : named.stream()
            .flatMap(
                n ->
                    n.startsWith("$")
                        ? groups.getOrDefault(n.substring(1), List.of(n)).stream()
                        : List.of(n).stream())
            .toList();
  }

  private static List<String> problems(String at, String id, List<Line> of, Knowledge knowledge) {
    Question question = knowledge.questions().get(id);
    if (question == null) {
      return List.of(at + "there is no such question");
    }
    List<String> found = new ArrayList<>();
    for (Line line : of) {
      boolean number = question.kind() == Question.Kind.NUMBER;
      if (line.answer != null
          && !number
          && !question.answers().containsKey(line.answer)
          && !Question.SAYS_NOTHING.contains(line.answer)) {
        found.add(at + "there is no answer '" + line.answer + "'");
      }
      for (String measure : present(line.measure, line.absent, line.known)) {
        if (!Observers.measures().containsKey(measure)) {
          found.add(at + "nothing measures '" + measure + "'");
        }
      }
      for (List<String> faults : present(line.any, line.all, line.none)) {
        faults.stream()
            .map(f -> f.split("/", 2)[0])
            .filter(f -> !knowledge.causes().containsKey(f))
            .forEach(f -> found.add(at + "there is no cause '" + f + "'"));
      }
    }
    return found;
  }

  @SafeVarargs
  private static <T> List<T> present(T... values) {
    List<T> found = new ArrayList<>();
    for (T value : values) {
      if (value != null) {
        found.add(value);
      }
    }
    return found;
  }
}
