package org.aitia.evidence.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aitia.evidence.document.Json;
import org.aitia.evidence.settings.ConfigFields;
import org.aitia.evidence.vocabulary.Tag;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.run.RunBuilder;
import org.aitia.run.curve.Quantity;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Source;

/** The settings that a program says of itself before it begins. */
final class SaidSettings {
  private static final Pattern NAMESPACE = Pattern.compile("Namespace\\((.{3,4000})\\)");
  private static final Pattern ARGUMENT =
      Pattern.compile("(\\w{1,60})=('[^']{0,200}'|\\[[^\\]]{0,200}\\]|[^,()\\s]{1,60})");

  /** What transformers' and accelerate's scripts say of themselves before they begin. */
  private static final Map<String, Setting> SAID =
      Map.of(
          "Num Epochs", Setting.EPOCHS,
          "Instantaneous batch size per device", Setting.BATCH_SIZE,
          "Gradient Accumulation steps", Setting.ACCUMULATION_STEPS);

  private static final Pattern SAYS =
      Pattern.compile(
          "(Num Epochs|Instantaneous batch size per device|Gradient Accumulation steps) = (\\d{1,9})\\b");

  /** Keras' generators: {@code Found 4575 images belonging to 62 classes.} */
  private static final Pattern FOUND =
      Pattern.compile(
          "^Found \\d{1,12} (?:validated image filenames|images|files) belonging to (\\d{1,6}) classes\\.");

  /** The result that MLPerf asks of a run. */
  private static final Pattern TARGET =
      Pattern.compile("^:::MLP.{0,200} eval_target: (\\d{1,3}(?:\\.\\d{1,9})?)\\s*$");

  private final String file;
  private final Vocabulary vocabulary;
  private final RunBuilder run;

  /** Keys of a dictionary that shows how a program was set, and more than the line of a step. */
  private static final int DUMP = 8;

  /** Whether the training has begun: a line named a place in it, or showed what it reaches. */
  private boolean begun;

  /** The learning rate that was last said before a training began; null when none was. */
  private LineValues.Value said;

  /** What the program was last started with. */
  private ObjectNode arguments;

  SaidSettings(String file, Vocabulary vocabulary, RunBuilder run) {
    this.file = file;
    this.vocabulary = vocabulary;
    this.run = run;
  }

  /** Takes what a line says. */
  void line(String text) {
    Matcher says = text.contains(" = ") ? SAYS.matcher(text) : null;
    if (says != null && says.find()) {
      run.setting(
          SAID.get(says.group(1)), Long.valueOf(says.group(2)), new Source(file, says.group(1)));
    }
    Matcher classes = text.startsWith("Found ") ? FOUND.matcher(text) : null;
    if (classes != null && classes.find()) {
      run.setting(Setting.CLASSES, Long.valueOf(classes.group(1)), new Source(file, "classes"));
    }
    Matcher target = text.startsWith(":::MLP") ? TARGET.matcher(text) : null;
    if (target != null && target.find()) {
      double value = Double.parseDouble(target.group(1));
      run.setting(Setting.TARGET_METRIC, "accuracy", new Source(file, "eval_target"));
      run.setting(
          Setting.TARGET_VALUE, value > 1.5 ? value / 100 : value, new Source(file, "eval_target"));
    }
    Matcher namespace = text.contains("Namespace(") ? NAMESPACE.matcher(text) : null;
    if (namespace != null && namespace.find()) {
      ObjectNode found = Json.MAPPER.createObjectNode();
      Matcher argument = ARGUMENT.matcher(namespace.group(1));
      while (argument.find()) {
        put(found, argument.group(1), argument.group(2));
      }
      arguments = found;
    }
  }

  /**
   * Takes a line that shows a rate and nothing else, before the training begins or among all other
   * settings: it is no point of a course.
   */
  boolean takes(ConsoleLine line, String text) {
    boolean placed =
        line.place().counted()
            || !Double.isNaN(line.place().step())
            || !Double.isNaN(line.place().within());
    boolean rates =
        !line.values().isEmpty() && line.values().stream().allMatch(v -> rate(v).isPresent());
    boolean dump = text.startsWith("{'") && text.split("': ", DUMP + 2).length > DUMP;
    if (!rates || !dump && (begun || placed)) {
      begun |= placed || !line.values().isEmpty();
      return false;
    }
    said = line.values().get(0);
    return true;
  }

  private Optional<String> rate(LineValues.Value value) {
    return vocabulary
        .tag(value.readAs(), null)
        .filter(t -> t.split() == null)
        .map(Tag::quantity)
        .filter(Quantity.LEARNING_RATE::equals);
  }

  /** Hands on the arguments of the last start of the program. */
  void finish() {
    if (said != null) {
      run.setting(Setting.LEARNING_RATE, said.value(), new Source(file, said.name()));
    }
    if (arguments != null) {
      ConfigFields.tree(arguments, file, run, vocabulary);
    }
  }

  private static void put(ObjectNode into, String name, String value) {
    if (value.startsWith("'")) {
      into.put(name, value.substring(1, value.length() - 1));
    } else if (value.equals("True") || value.equals("False")) {
      into.put(name, value.equals("True"));
    } else if (Json.isNumber(value)) {
      into.put(name, Json.number(value));
    } else if (!value.equals("None") && !value.startsWith("[")) {
      into.put(name, value);
    }
  }
}
