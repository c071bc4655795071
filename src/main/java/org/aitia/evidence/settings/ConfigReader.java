package org.aitia.evidence.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aitia.evidence.document.Mappings;
import org.aitia.evidence.file.Head;
import org.aitia.evidence.file.Input;
import org.aitia.evidence.file.Reader;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.run.FileNote;
import org.aitia.run.RunBuilder;
import org.aitia.run.settings.Setting;

/** Settings of a training as JSON or YAML, flat or nested. */
public final class ConfigReader implements Reader {
  /** At least one of these must be there: two others describe a model or a data set alone. */
  private static final Set<Setting> OF_A_TRAINING =
      EnumSet.of(
          Setting.OPTIMIZER,
          Setting.LEARNING_RATE,
          Setting.BATCH_SIZE,
          Setting.EPOCHS,
          Setting.MAX_STEPS,
          Setting.LOSS,
          Setting.WEIGHT_DECAY,
          Setting.MOMENTUM);

  private static final Pattern KEY =
      Pattern.compile(
          "(?m)(?:^|[{,])[^\\S\\r\\n]*+\"?([A-Za-z][\\w .-]{0,60})\"?\\s{0,9}:(?=[\\s\"\\d\\[{-]|$)");

  /** Keys of files that hold settings beside a log or a model that is more than those. */
  private static final Set<String> OF_OTHERS =
      Set.of("log_history", "class_name", "architectures", "artifact_uri", "cells");

  private static final int MAX_DEPTH = 20;

  /** Faults that a note names. */
  private static final int MAX_FAULTS = 3;

  @Override
  public String format() {
    return "config";
  }

  @Override
  public String describe() {
    return "Settings of the training as JSON or YAML (config.json, hparams.yaml, args.json), and what Transformers, PEFT, Diffusers, XGBoost say of a model";
  }

  @Override
  public boolean recognises(Head head) {
    if (!head.isText()) {
      return false;
    }
    String text = head.text();
    if (head.bytes().length < Head.SIZE) {
      JsonNode node = Mappings.read(text);
      if (node.isObject()) {
        return !manyObjects(text)
            && (ModelSettings.holds(node) || holdsSettings(node, head.vocabulary()));
      }
    }
    return isNamedSo(head.name())
        && !manyObjects(text)
        && mentionsSettings(text, head.vocabulary());
  }

  private static boolean isNamedSo(String name) {
    return name.endsWith(".json") || name.endsWith(".yaml") || name.endsWith(".yml");
  }

  /** JSON Lines: a log, not settings. */
  private static boolean manyObjects(String text) {
    return text.lines()
            .filter(l -> !l.isBlank())
            .limit(3)
            .filter(l -> l.startsWith("{") && l.strip().endsWith("}"))
            .count()
        > 1;
  }

  /** For a text that cannot be parsed, because only its head is known or it is damaged. */
  private static boolean mentionsSettings(String text, Vocabulary vocabulary) {
    Set<Setting> found = EnumSet.noneOf(Setting.class);
    Matcher matcher = KEY.matcher(text);
    while (matcher.find()) {
      if (OF_OTHERS.contains(matcher.group(1))) {
        return false;
      }
      Setting setting = ConfigFields.setting(matcher.group(1), vocabulary);
      if (setting != null) {
        found.add(setting);
      }
    }
    return tell(found);
  }

  /** Whether a mapping holds settings of a training: at least two that are known. */
  public static boolean holdsSettings(JsonNode node, Vocabulary vocabulary) {
    for (String other : OF_OTHERS) {
      if (node.has(other)) {
        return false;
      }
    }
    Set<Setting> found = EnumSet.noneOf(Setting.class);
    collect(node, "", vocabulary, found, 0);
    return tell(found);
  }

  private static boolean tell(Set<Setting> found) {
    return found.size() >= 2 && found.stream().anyMatch(OF_A_TRAINING::contains);
  }

  private static void collect(
      JsonNode node, String path, Vocabulary vocabulary, Set<Setting> found, int depth) {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      JsonNode value = field.getValue();
      String name = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
      if (value.isObject()) {
        if (depth < MAX_DEPTH) {
          collect(value, name, vocabulary, found, depth + 1);
        }
        continue;
      }
      Setting setting = ConfigFields.setting(name, vocabulary);
      boolean measured =
          setting == Setting.LOSS && !value.isTextual()
              || setting == Setting.LEARNING_RATE && value.isArray();
      if (setting != null && !value.isNull() && !measured) {
        found.add(setting);
      }
    }
  }

  @Override
  public FileNote read(Input input, RunBuilder run) throws IOException {
    String text = text(input);
    List<String> faults = new ArrayList<>();
    JsonNode node;
    try {
      node = Mappings.strict(text);
    } catch (IOException e) {
      node = Mappings.parse(text); // a field that stands twice is no reason to lose the others
      faults.add(e.getMessage());
    }
    if (!node.isObject()) {
      throw new IOException("holds no settings: a mapping of names to values is expected");
    }
    if (ModelSettings.holds(node) && !holdsSettings(node, input.vocabulary())) {
      ModelSettings.take(node, input.name(), run);
      return new FileNote(
          input.name(), format(), FileNote.State.READ, "what the model is, and its task");
    }
    List<String> aside = ConfigFields.tree(node, input.name(), run, input.vocabulary());
    faults.addAll(aside.subList(0, Math.min(aside.size(), MAX_FAULTS)));
    Set<Setting> found = EnumSet.noneOf(Setting.class);
    collect(node, "", input.vocabulary(), found, 0);
    return new FileNote(
        input.name(),
        format(),
        faults.isEmpty() ? FileNote.State.READ : FileNote.State.PARTIAL,
        String.format(Locale.ROOT, "%d known settings", found.size())
            + (faults.isEmpty() ? "" : "; set aside: " + String.join("; ", faults)));
  }

  /** The whole file as text, when it is not too large to be a mapping. */
  public static String text(Input input) throws IOException {
    try (InputStream in = input.text()) {
      byte[] bytes = in.readNBytes(Mappings.MAX_SIZE + 1);
      if (bytes.length > Mappings.MAX_SIZE) {
        throw new IOException(
            "is larger than "
                + (Mappings.MAX_SIZE >> 20)
                + " MB, too large for settings: it was not read");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (java.io.EOFException | java.util.zip.ZipException e) {
      throw new IOException("is damaged: the compressed data end or break", e);
    }
  }
}
