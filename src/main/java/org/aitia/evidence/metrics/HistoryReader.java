package org.aitia.evidence.metrics;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.aitia.evidence.document.Json;
import org.aitia.evidence.document.Mappings;
import org.aitia.evidence.file.Head;
import org.aitia.evidence.file.Input;
import org.aitia.evidence.file.Reader;
import org.aitia.evidence.file.Whole;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.limit.Budget;
import org.aitia.run.FileNote;
import org.aitia.run.RunBuilder;

/**
 * JSON that holds a list of values a metric, as {@code json.dump(history.history)} after Keras' fit
 * makes it; or such lists by data set, as LightGBM's and XGBoost's {@code evals_result}.
 */
public final class HistoryReader implements Reader {
  @Override
  public String format() {
    return "history-json";
  }

  @Override
  public String describe() {
    return "JSON with a list of values a metric (Keras History, evals_result of LightGBM and XGBoost)";
  }

  @Override
  public boolean recognises(Head head) {
    if (!head.isText() || !head.text().stripLeading().startsWith("{")) {
      return false;
    }
    int known = 0;
    try (JsonParser in = Json.MAPPER.createParser(head.text())) {
      Vocabulary vocabulary = head.vocabulary();
      String outer = "";
      String name = "";
      int depth = 0;
      for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
        if (token == JsonToken.START_OBJECT) {
          outer = depth++ == 1 ? name : "";
        } else if (token == JsonToken.END_OBJECT) {
          depth--;
          outer = "";
        } else if (token == JsonToken.FIELD_NAME) {
          name = in.currentName();
        } else if (token == JsonToken.START_ARRAY) {
          JsonToken first = in.nextToken();
          if (depth > 2) {
            return false;
          }
          // a list of rates alone is a setting
          boolean rate = vocabulary.tag(name, null).filter(t -> t.split() == null).isPresent();
          known +=
              isNumber(first, in) && !rate && MetricLists.tells(name(outer, name), vocabulary)
                  ? 1
                  : 0;
          while (first != null && first != JsonToken.END_ARRAY) {
            first = in.nextToken();
          }
        }
        if (depth > 2) {
          return false;
        }
      }
    } catch (IOException e) {
      // the head ends within the file: what was seen decides
    }
    return known > 0;
  }

  private static boolean isNumber(JsonToken token, JsonParser in) throws IOException {
    return token != null
        && (token.isNumeric()
            || token == JsonToken.VALUE_NULL
            || token == JsonToken.VALUE_STRING && Json.isNumber(in.getText()));
  }

  /** {@code valid_0} is LightGBM's own name for the first data set it evaluates on. */
  static String name(String set, String metric) {
    return set.isEmpty() ? metric : set.replaceFirst("_0$", "") + "_" + metric;
  }

  @Override
  public FileNote read(Input input, RunBuilder run) throws IOException {
    MetricLists curves = new MetricLists(input.vocabulary());
    String fault = null;
    try (Whole whole = new Whole(input.text());
        JsonParser in = Json.MAPPER.createParser(whole)) {
      try {
        if (in.nextToken() == JsonToken.START_OBJECT) {
          object(in, "", curves);
        }
      } catch (JsonProcessingException e) {
        fault = Mappings.fault(e);
      }
      if (whole.damage() != null) {
        fault = whole.damage();
      }
    }
    Points points = new Points(run, input.name(), null, input.vocabulary());
    long taken = curves.deliver(points);
    if (taken == 0) {
      throw new IOException("holds no value of a metric" + (fault == null ? "" : ": it " + fault));
    }
    if (curves.full()) {
      fault = "holds more than " + MetricLists.MAX_VALUES + " values; the rest were passed over";
    }
    return new FileNote(
        input.name(),
        format(),
        fault == null ? FileNote.State.READ : FileNote.State.PARTIAL,
        taken + " values" + (fault == null ? "" : "; " + fault));
  }

  private static void object(JsonParser in, String set, MetricLists curves) throws IOException {
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      JsonToken token = in.nextToken();
      if (token == JsonToken.START_ARRAY) {
        array(in, name(set, name), curves);
      } else if (token == JsonToken.START_OBJECT && set.isEmpty()) {
        object(in, name, curves);
      } else {
        in.skipChildren();
      }
    }
  }

  private static void array(JsonParser in, String name, MetricLists curves) throws IOException {
    boolean taken = curves.knows(name);
    for (JsonToken t = in.nextToken(); t != JsonToken.END_ARRAY; t = in.nextToken()) {
      Budget.step();
      if (t == null) {
        return;
      }
      if (t.isNumeric()) {
        add(curves, taken, name, in.getDoubleValue());
      } else if (t == JsonToken.VALUE_STRING) {
        add(curves, taken && Json.isNumber(in.getText()), name, Json.number(in.getText()));
      } else if (t == JsonToken.VALUE_NULL) {
        add(curves, taken, name, Double.NaN);
      } else {
        in.skipChildren();
      }
    }
  }

  private static void add(MetricLists curves, boolean taken, String name, double value) {
    if (taken) {
      curves.add(name, value);
    }
  }
}
