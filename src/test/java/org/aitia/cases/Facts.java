package org.aitia.cases;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.aitia.knowledge.Knowledge;
import org.aitia.observation.Comparers;
import org.aitia.observation.Observers;
import org.aitia.observation.measure.Confidence;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Observation;
import org.aitia.observation.measure.Observer;
import org.aitia.observation.measure.Place;
import org.aitia.reasoning.inference.Signs;
import org.aitia.run.settings.Environment;
import org.aitia.run.value.Source;
import org.aitia.run.value.Split;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Makes observations of what a case says was measured. */
final class Facts {
  static final String ENVIRONMENT = "environment";
  private static final Source SOURCE = new Source("case", null);

  private final Knowledge knowledge;
  private final Map<String, Measure> measures = Observers.measures();
  private final Map<String, String> subjects = new HashMap<>();

  Facts(Knowledge knowledge) {
    this.knowledge = knowledge;
    for (Observer observer : Observers.all()) {
      observer.measures().forEach(m -> subjects.put(m.id(), observer.subject()));
    }
  }

  boolean isMeasure(String id) {
    return measures.containsKey(id);
  }

  /** Observations in the order of the facts, numbered. */
  List<Observation> observations(YamlFile file, Map<String, Node> facts) {
    List<Observation> found = new ArrayList<>();
    facts.forEach(
        (id, node) -> {
          if (id.equals(ENVIRONMENT)) {
            return;
          }
          if (!isMeasure(id)) {
            file.problem(node, "no observer measures '" + id + "'" + nearest(id));
            return;
          }
          for (Node item : YamlFile.items(node)) {
            values(file, item).forEach(v -> found.add(observation(id, v, found.size())));
          }
        });
    Node environment = facts.get(ENVIRONMENT);
    if (environment != null) {
      found.addAll(Signs.in(environment(file, environment), knowledge, found.size()));
    }
    return found;
  }

  private String nearest(String id) {
    return measures.keySet().stream()
        .filter(m -> m.contains(id) || id.contains(m) || m.startsWith(id.split("-")[0] + "-"))
        .sorted()
        .limit(8)
        .reduce((a, b) -> a + ", " + b)
        .map(n -> "; there are " + n)
        .orElse("");
  }

  private record Value(double value, Place place, String detail, Confidence confidence) {}

  private List<Value> values(YamlFile file, Node node) {
    if (!(node instanceof MappingNode)) {
      return List.of(new Value(file.number(node), Place.RUN, null, null));
    }
    Map<String, Node> all = file.mapping(node);
    if (!all.containsKey("value")) {
      List<Value> bySplit = new ArrayList<>();
      all.forEach(
          (name, value) -> {
            Optional<Split> split = split(name);
            if (split.isEmpty()) {
              file.problem(
                  value, "no such split '" + name + "': train, validation, test, or value");
            } else {
              for (double v : file.numbers(value)) {
                bySplit.add(new Value(v, Place.of(split.get()), null, null));
              }
            }
          });
      return bySplit;
    }
    file.mapping(node, "value", "split", "step", "layer", "order", "detail", "confidence");
    String named = all.containsKey("split") ? file.text(all.get("split")) : null;
    if (named != null && split(named).isEmpty()) {
      file.problem(all.get("split"), "no such split '" + named + "': train, validation, test");
    }
    Double step = all.containsKey("step") ? file.number(all.get("step")) : null;
    String layer = all.containsKey("layer") ? file.text(all.get("layer")) : null;
    Integer order = all.containsKey("order") ? (int) file.number(all.get("order")) : null;
    String detail = all.containsKey("detail") ? file.text(all.get("detail")) : null;
    return List.of(
        new Value(
            file.number(all.get("value")),
            new Place(named == null ? null : split(named).orElse(null), step, layer, order),
            detail,
            confidence(file, all.get("confidence"))));
  }

  private static Confidence confidence(YamlFile file, Node node) {
    if (node == null) {
      return null;
    }
    String id = file.text(node);
    return Stream.of(Confidence.values())
        .filter(c -> c.id().equals(id))
        .findFirst()
        .orElseGet(
            () -> {
              file.problem(node, "no such confidence '" + id + "': certain, likely");
              return null;
            });
  }

  private static Optional<Split> split(String id) {
    return Stream.of(Split.values()).filter(s -> s.id().equals(id)).findFirst();
  }

  private Observation observation(String id, Value v, int before) {
    return new Observation(
        "o" + (before + 1),
        subjects.getOrDefault(id, Comparers.REFERENCE),
        measures.get(id),
        v.value(),
        v.detail(),
        v.place(),
        SOURCE,
        v.confidence());
  }

  private static Environment environment(YamlFile file, Node node) {
    Map<String, Node> all = file.mapping(node, "packages", "variables", "said", "ended");
    List<Environment.Remark> said =
        Stream.concat(
                file.texts(all.get("said")).stream().map(t -> new Environment.Remark(t, SOURCE)),
                file.texts(all.get("ended")).stream()
                    .map(t -> new Environment.Remark(t, SOURCE, true)))
            .toList();
    return new Environment(
        found(file, all.get("packages")), found(file, all.get("variables")), said);
  }

  private static Map<String, Environment.Found> found(YamlFile file, Node node) {
    Map<String, Environment.Found> found = new LinkedHashMap<>();
    if (node != null) {
      file.mapping(node)
          .forEach((k, v) -> found.put(k, new Environment.Found(file.text(v), SOURCE)));
    }
    return found;
  }
}
