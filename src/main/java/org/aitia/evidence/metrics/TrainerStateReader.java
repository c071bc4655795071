package org.aitia.evidence.metrics;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aitia.evidence.document.Json;
import org.aitia.evidence.document.Mappings;
import org.aitia.evidence.file.Head;
import org.aitia.evidence.file.Input;
import org.aitia.evidence.file.Reader;
import org.aitia.evidence.file.Whole;
import org.aitia.run.FileNote;
import org.aitia.run.RunBuilder;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Source;

/** The state that Hugging Face's Trainer saves with every checkpoint: the whole log so far. */
public final class TrainerStateReader implements Reader {
  static final String FILE = "trainer_state.json";

  private static final Pattern CHECKPOINT = Pattern.compile("checkpoint-(\\d{1,15})");

  private static final Pattern GLOBAL_STEP =
      Pattern.compile("\"global_step\"\\s{0,9}:\\s{0,9}(\\d{1,15})");

  /** Fields of a log record that are looked at; the records of one state are all alike. */
  private static final int MAX_FIELDS = 500;

  @Override
  public String format() {
    return "trainer-state";
  }

  @Override
  public String describe() {
    return "Hugging Face trainer_state.json, of the latest checkpoint";
  }

  @Override
  public boolean recognises(Head head) {
    return head.isText()
        && head.text().stripLeading().startsWith("{")
        && (head.text().contains("\"log_history\"")
            || head.name().equals(FILE) && head.text().contains("\"global_step\""));
  }

  @Override
  public FileNote read(Input input, RunBuilder run) throws IOException {
    String later = later(input);
    if (later != null) {
      return new FileNote(
          input.name(), format(), FileNote.State.READ, "not needed: " + later + " goes on from it");
    }
    boolean surpassed = surpassed(input);
    if (surpassed) {
      run.fallback(input.name());
    }
    Log log = new Log(input, run, surpassed);
    String fault = null;
    try (Whole whole = new Whole(input.text());
        JsonParser in = Json.MAPPER.createParser(whole)) {
      try {
        log.state(in);
      } catch (JsonProcessingException e) {
        fault = Mappings.fault(e);
      }
      if (whole.damage() != null) {
        fault = whole.damage();
      }
    }
    long taken = log.points.finish();
    if (taken == 0 && fault != null) {
      throw new IOException("holds no log: it " + fault);
    }
    return new FileNote(
        input.name(),
        format(),
        fault == null ? FileNote.State.READ : FileNote.State.PARTIAL,
        log.records + " log records" + (fault == null ? "" : "; " + fault));
  }

  /** Each checkpoint repeats the log of those before it: the name of a later one, or null. */
  private static String later(Input input) {
    Path folder = input.path().toAbsolutePath().getParent();
    Matcher mine = folder == null ? null : matcher(folder);
    return mine == null || folder.getParent() == null || !input.name().contains("/")
        ? null
        : after(folder.getParent(), Long.parseLong(mine.group(1)));
  }

  /** Whether the state saved at the end is older than a checkpoint: the run was resumed since. */
  private static boolean surpassed(Input input) throws IOException {
    Path folder = input.path().toAbsolutePath().getParent();
    Matcher step = GLOBAL_STEP.matcher(input.head().text());
    return folder != null
        && matcher(folder) == null
        && step.find()
        && after(folder, Long.parseLong(step.group(1))) != null;
  }

  /** The state of a checkpoint past a step, or null. */
  private static String after(Path folder, long step) {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "checkpoint-*")) {
      for (Path checkpoint : all) {
        Matcher its = matcher(checkpoint);
        if (its != null
            && Long.parseLong(its.group(1)) > step
            && Files.isReadable(checkpoint.resolve(FILE))) {
          return its.group() + "/" + FILE;
        }
      }
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      return null; // without a look at the others, this one counts
    }
    return null;
  }

  private static Matcher matcher(Path folder) {
    Matcher matcher = CHECKPOINT.matcher(String.valueOf(folder.getFileName()));
    return matcher.matches() ? matcher : null;
  }

  private static final class Log {
    private final String file;
    private final RunBuilder run;
    private final Points points;
    private final Set<Double> evaluated = new HashSet<>();
    private final boolean surpassed;
    private boolean ended;
    private long records;

    Log(Input input, RunBuilder run, boolean surpassed) {
      this.surpassed = surpassed;
      this.file = input.name();
      this.run = run;
      this.points = new Points(run, file, null, input.vocabulary());
    }

    void state(JsonParser in) throws IOException {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        return;
      }
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String name = in.currentName();
        JsonToken token = in.nextToken();
        if (token == JsonToken.START_ARRAY && name.equals("log_history")) {
          records(in);
        } else if (token.isNumeric() && name.equals("num_train_epochs")) {
          setting(Setting.EPOCHS, name, in.getDoubleValue());
        } else if (token.isNumeric() && name.equals("train_batch_size")) {
          setting(Setting.BATCH_SIZE, name, in.getDoubleValue());
        } else {
          in.skipChildren();
        }
      }
    }

    private void records(JsonParser in) throws IOException {
      JsonToken token = in.nextToken();
      while (token != null && token != JsonToken.END_ARRAY) {
        if (token == JsonToken.START_OBJECT) {
          record(in);
        } else {
          in.skipChildren();
        }
        token = in.nextToken();
      }
    }

    private void setting(Setting setting, String name, double value) {
      if (!surpassed) {
        run.setting(setting, (long) value, new Source(file, name));
      }
    }

    private void record(JsonParser in) throws IOException {
      Map<String, Double> values = new LinkedHashMap<>();
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String name = in.currentName();
        JsonToken token = in.nextToken();
        if (values.size() >= MAX_FIELDS) {
          in.skipChildren();
        } else if (token.isNumeric()) {
          values.put(name, in.getDoubleValue());
        } else if (token == JsonToken.VALUE_STRING && Json.isNumber(in.getText())) {
          values.put(name, Json.number(in.getText()));
        } else {
          in.skipChildren();
        }
      }
      take(values);
    }

    private void take(Map<String, Double> values) {
      records++;
      double step = values.getOrDefault("step", Double.NaN);
      double epoch = values.getOrDefault("epoch", Double.NaN);
      if (values.containsKey("train_loss")) {
        ended = true; // the mean over the whole training, not a point of its course
        return;
      }
      boolean evaluation = values.keySet().stream().anyMatch(k -> k.startsWith("eval_"));
      // after the end the best model is loaded, and evaluated under the last step once more
      if (evaluation && evaluated.size() < Points.BLOCK && !evaluated.add(step) && ended) {
        return;
      }
      // transformers writes 0 in place of a loss that is not finite (logging_nan_inf_filter)
      boolean hidden =
          values.getOrDefault("loss", 1.0) == 0
              && !Double.isFinite(values.getOrDefault("grad_norm", 0.0));
      points.epoch(step, epoch);
      values.forEach(
          (name, value) -> {
            if (!name.equals("step") && !name.equals("epoch")) {
              points.add(name, step, epoch, hidden && name.equals("loss") ? Double.NaN : value);
            }
          });
    }
  }
}
