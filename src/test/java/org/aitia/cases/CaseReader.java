package org.aitia.cases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.KnowledgeException;
import org.aitia.knowledge.Question;
import org.aitia.knowledge.Verdict;
import org.aitia.run.Report;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the cases strictly: whatever is not known is named with file and line. */
public final class CaseReader {
  /** Facts that many cases share, by name; a case takes them with {@code like}. */
  private static final String PICTURES = "pictures.yaml";

  /** Cases of what is concluded of the symptoms together, whatever the cause. */
  private static final String SYMPTOMS = "symptoms";

  private static final Pattern PROBABILITY = Pattern.compile("(above|below) (0?\\.\\d+)");

  private final Path folder;
  private final Knowledge knowledge;
  private final Facts facts;
  private final List<String> problems = new ArrayList<>();
  private final Map<String, Map<String, Node>> pictures = new LinkedHashMap<>();

  private CaseReader(Path folder, Knowledge knowledge) {
    this.folder = folder;
    this.knowledge = knowledge;
    this.facts = new Facts(knowledge);
  }

  /**
   * Reads all cases.
   *
   * @throws KnowledgeException naming file and line of every mistake
   */
  public static List<Case> cases(Path folder, Knowledge knowledge) throws IOException {
    CaseReader reader = new CaseReader(folder, knowledge);
    reader.pictures();
    List<Case> found = new ArrayList<>();
    for (Path file : files(folder)) {
      if (!file.getFileName().toString().equals(PICTURES)) {
        reader.read(file, found);
      }
    }
    reader.finish();
    return found;
  }

  /**
   * Reads the values on either side of the limits, by symptom.
   *
   * @throws KnowledgeException naming file and line of every mistake
   */
  public static Map<String, LimitCase> limits(Path folder, Knowledge knowledge) throws IOException {
    CaseReader reader = new CaseReader(folder, knowledge);
    Map<String, LimitCase> found = new LinkedHashMap<>();
    for (Path file : files(folder.resolve("limits"))) {
      reader.limits(file, found);
    }
    reader.finish();
    return found;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  private void finish() {
    if (!problems.isEmpty()) {
      throw new KnowledgeException(problems);
    }
  }

  private void pictures() throws IOException {
    Path path = folder.resolve(PICTURES);
    if (Files.exists(path)) {
      YamlFile file = new YamlFile(path, problems);
      Node root = file.root();
      if (root != null) {
        file.mapping(root)
            .forEach(
                (name, node) -> {
                  pictures.put(name, file.mapping(node));
                  facts.observations(file, pictures.get(name));
                });
      }
    }
  }

  private void read(Path path, List<Case> found) throws IOException {
    YamlFile file = new YamlFile(path, problems);
    String cause = path.getFileName().toString().replace(".yaml", "");
    if (!knowledge.causes().containsKey(cause) && !cause.equals(SYMPTOMS)) {
      problems.add(
          path + ":1: there is no cause '" + cause + "': the file's name is its cause's id");
    }
    Node root = file.root();
    for (Node node : YamlFile.items(root)) {
      one(file, cause, node, found);
    }
  }

  private void one(YamlFile file, String cause, Node node, List<Case> found) {
    Map<String, Node> all =
        file.mapping(
            node, "name", "like", "given", "answers", "reported", "expect", "near", "doubt");
    if (!all.containsKey("name") || !all.containsKey("expect")) {
      file.problem(node, "a case needs name and expect");
      return;
    }
    String name = file.text(all.get("name"));
    Map<String, Node> given = new LinkedHashMap<>();
    for (String picture : file.texts(all.get("like"))) {
      if (!pictures.containsKey(picture)) {
        file.problem(all.get("like"), "no picture '" + picture + "': " + pictures.keySet());
      }
      given.putAll(pictures.getOrDefault(picture, Map.of()));
    }
    Map<String, Node> own = mapping(file, all.get("given"));
    given.putAll(own);
    Map<String, Node> answers = mapping(file, all.get("answers"));
    List<String> reported = file.texts(all.get("reported"));
    found.add(made(file, node, cause, name, false, given, answers, reported, all));
    for (Node near : YamlFile.items(all.get("near"))) {
      Map<String, Node> change =
          file.mapping(near, "but", "without", "answers", "reported", "expect", "doubt");
      if (!change.containsKey("expect")) {
        file.problem(near, "a near case needs expect");
        continue;
      }
      Map<String, Node> changed = new LinkedHashMap<>(given);
      Map<String, Node> replies = new LinkedHashMap<>(answers);
      List<String> without = file.texts(change.get("without"));
      for (String id : without) {
        if (changed.remove(id) == null && replies.remove(id) == null) {
          file.problem(change.get("without"), "'" + id + "' is none of the facts of this case");
        }
      }
      Map<String, Node> but = mapping(file, change.get("but"));
      changed.putAll(but);
      replies.putAll(mapping(file, change.get("answers")));
      List<String> said = new ArrayList<>(reported);
      said.addAll(file.texts(change.get("reported")));
      String label = name + ", but " + label(without, but, change);
      found.add(made(file, near, cause, label, true, changed, replies, said, change));
    }
  }

  private static String label(
      List<String> without, Map<String, Node> but, Map<String, Node> change) {
    List<String> parts = new ArrayList<>();
    without.forEach(id -> parts.add("without " + id));
    but.forEach((id, n) -> parts.add("with other " + id));
    for (String key : List.of("answers", "reported")) {
      if (change.containsKey(key)) {
        parts.add("with other " + key);
      }
    }
    return String.join(", ", parts);
  }

  private Map<String, Node> mapping(YamlFile file, Node node) {
    return node == null ? Map.of() : file.mapping(node);
  }

  private Case made(
      YamlFile file,
      Node node,
      String cause,
      String name,
      boolean near,
      Map<String, Node> given,
      Map<String, Node> answers,
      List<String> reported,
      Map<String, Node> all) {
    reported.stream()
        .filter(s -> !knowledge.symptoms().containsKey(s) || !knowledge.symptom(s).stated())
        .forEach(s -> file.problem(node, "nobody can report '" + s + "'"));
    List<Report.Stated> stated =
        reported.stream().map(s -> new Report.Stated(s, Double.NaN, null)).toList();
    String doubt = all.containsKey("doubt") ? file.text(all.get("doubt")) : null;
    return new Case(
        file.place(node),
        cause,
        name,
        near,
        facts.observations(file, given),
        new Report(stated, answers(file, answers), List.of()),
        expectation(file, all.get("expect"), cause),
        doubt);
  }

  private Map<String, String> answers(YamlFile file, Map<String, Node> answers) {
    Map<String, String> found = new LinkedHashMap<>();
    answers.forEach(
        (id, node) -> {
          Question question = knowledge.questions().get(id);
          String value = file.text(node);
          if (question == null) {
            file.problem(node, "there is no question '" + id + "'");
          } else if (!question.answers().containsKey(question.band(value))) {
            file.problem(node, id + " has no answer '" + value + "'");
          }
          found.put(id, value);
        });
    return found;
  }

  private Expectation expectation(YamlFile file, Node node, String cause) {
    if (!(node instanceof MappingNode)) {
      return new Expectation(
          Map.of(cause, words(file, node)),
          cause,
          null,
          null,
          null,
          null,
          List.of(),
          List.of(),
          List.of());
    }
    Map<String, Node> all =
        file.mapping(
            node, "says", "also", "first", "probability", "verdict", "behind", "seen", "unseen");
    Map<String, List<String>> says = new LinkedHashMap<>();
    if (all.containsKey("says")) {
      says.put(cause, words(file, all.get("says")));
    }
    mapping(file, all.get("also"))
        .forEach((id, words) -> says.put(known(file, words, id), words(file, words)));
    Double above = null;
    Double below = null;
    if (all.containsKey("probability")) {
      Matcher m = PROBABILITY.matcher(file.text(all.get("probability")));
      if (!m.matches()) {
        file.problem(all.get("probability"), "above 0.6 or below 0.2 is expected");
      } else if (m.group(1).equals("above")) {
        above = Double.valueOf(m.group(2));
      } else {
        below = Double.valueOf(m.group(2));
      }
    }
    Node first = all.get("first");
    List<String> behind =
        YamlFile.items(all.get("behind")).stream().map(b -> known(file, b, file.text(b))).toList();
    return new Expectation(
        says,
        cause,
        first == null ? null : known(file, first, file.text(first)),
        above,
        below,
        verdict(file, all.get("verdict")),
        behind,
        symptoms(file, all.get("seen")),
        symptoms(file, all.get("unseen")));
  }

  private List<String> symptoms(YamlFile file, Node node) {
    List<String> ids = file.texts(node);
    ids.stream()
        .filter(id -> !knowledge.symptoms().containsKey(id))
        .forEach(id -> file.problem(node, "there is no symptom '" + id + "'"));
    return ids;
  }

  private static Verdict verdict(YamlFile file, Node node) {
    try {
      return node == null ? null : Verdict.of(file.text(node));
    } catch (IllegalArgumentException e) {
      file.problem(node, e.getMessage());
      return null;
    }
  }

  private String known(YamlFile file, Node node, String cause) {
    if (!knowledge.causes().containsKey(cause)) {
      file.problem(node, "there is no cause '" + cause + "'");
    }
    return cause;
  }

  private static List<String> words(YamlFile file, Node node) {
    List<String> words = file.texts(node);
    words.stream()
        .filter(w -> !Expectation.isWord(w))
        .forEach(
            w ->
                file.problem(
                    node,
                    "no such word '"
                        + w
                        + "': decisive, strong, moderate, weak, nothing, against-..."));
    return words;
  }

  private void limits(Path path, Map<String, LimitCase> found) throws IOException {
    YamlFile file = new YamlFile(path, problems);
    String subject = path.getFileName().toString().replace(".yaml", "");
    Node root = file.root();
    if (root == null) {
      return;
    }
    file.mapping(root)
        .forEach(
            (id, node) -> {
              Map<String, Node> all = file.mapping(node, "seen", "unseen", "doubt");
              if (!knowledge.symptoms().containsKey(id)
                  || !knowledge.symptom(id).subject().equals(subject)) {
                file.problem(node, "symptoms/" + subject + ".yaml has no symptom '" + id + "'");
              } else if (knowledge.symptom(id).threshold() == null) {
                file.problem(node, "rules conclude '" + id + "': it has no limit");
              } else {
                List<Double> seen = file.numbers(all.get("seen"));
                List<Double> unseen = file.numbers(all.get("unseen"));
                String doubt = all.containsKey("doubt") ? file.text(all.get("doubt")) : null;
                found.put(id, new LimitCase(file.place(node), id, seen, unseen, doubt));
              }
            });
  }
}
