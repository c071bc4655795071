package org.aitia.evidence.metrics;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
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
import org.aitia.run.curve.Axis;

/**
 * A JSON list of records, an object a point of time, as scripts save them; CatBoost's {@code
 * catboost_training.json}, whose records hold lists in the order that its head names.
 */
public final class RecordsReader implements Reader {
  /** Fields of a record that are looked at. */
  private static final int MAX_FIELDS = 500;

  /** Objects that a record may stand within. */
  private static final int MAX_DEPTH = 3;

  @Override
  public String format() {
    return "records-json";
  }

  @Override
  public String describe() {
    return "JSON with a list of records, one an epoch or step (own scripts, CatBoost's catboost_training.json)";
  }

  @Override
  public boolean recognises(Head head) {
    String text = head.isText() ? head.text().stripLeading() : "";
    if (!text.startsWith("[") && !(text.startsWith("{") && text.contains("\"iterations\""))) {
      return false;
    }
    boolean[] told = new boolean[1];
    try (JsonParser in = Json.MAPPER.createParser(text)) {
      new Records(
              head.vocabulary(),
              (names, values, step, epoch) ->
                  told[0] |= names.stream().anyMatch(n -> MetricLists.tells(n, head.vocabulary())))
          .read(in);
    } catch (IOException e) {
      // the head ends within the file: what was seen decides
    }
    return told[0];
  }

  @Override
  public FileNote read(Input input, RunBuilder run) throws IOException {
    Points points = new Points(run, input.name(), null, input.vocabulary());
    long[] records = new long[1];
    Records reader =
        new Records(
            input.vocabulary(),
            (names, values, step, epoch) -> {
              for (int i = 0; i < names.size(); i++) {
                points.add(names.get(i), step, epoch, values.get(i));
              }
              records[0]++;
            });
    String fault = null;
    try (Whole whole = new Whole(input.text());
        JsonParser in = Json.MAPPER.createParser(whole)) {
      try {
        reader.read(in);
      } catch (JsonProcessingException e) {
        fault = Mappings.fault(e);
      }
      fault = whole.damage() == null ? fault : whole.damage();
    }
    if (points.finish() == 0) {
      throw new IOException("holds no value of a metric" + (fault == null ? "" : ": it " + fault));
    }
    return new FileNote(
        input.name(),
        format(),
        fault == null ? FileNote.State.READ : FileNote.State.PARTIAL,
        records[0] + " records" + (fault == null ? "" : "; " + fault));
  }

  /** Takes a record. */
  private interface Sink {
    void take(List<String> names, List<Double> values, double step, double epoch);
  }

  private static final class Records {
    private final Vocabulary vocabulary;
    private final Sink sink;

    /** CatBoost's names of what its lists hold, by list. */
    private final List<String> learn = new ArrayList<>();

    private final List<String> test = new ArrayList<>();

    Records(Vocabulary vocabulary, Sink sink) {
      this.vocabulary = vocabulary;
      this.sink = sink;
    }

    void read(JsonParser in) throws IOException {
      JsonToken token = in.nextToken();
      if (token == JsonToken.START_ARRAY) {
        list(in);
      } else if (token == JsonToken.START_OBJECT) {
        while (in.nextToken() == JsonToken.FIELD_NAME) {
          String name = in.currentName();
          JsonToken value = in.nextToken();
          if (name.equals("meta") && value == JsonToken.START_OBJECT) {
            meta(in);
          } else if (name.equals("iterations") && value == JsonToken.START_ARRAY) {
            list(in);
          } else {
            in.skipChildren();
          }
        }
      }
    }

    private void meta(JsonParser in) throws IOException {
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String name = in.currentName();
        JsonToken value = in.nextToken();
        List<String> into =
            name.equals("learn_metrics") ? learn : name.equals("test_metrics") ? test : null;
        if (into == null || value != JsonToken.START_ARRAY) {
          in.skipChildren();
          continue;
        }
        int depth = 1;
        while (depth > 0) {
          JsonToken t = in.nextToken();
          if (t == null) {
            return;
          }
          depth += t.isStructStart() ? 1 : t.isStructEnd() ? -1 : 0;
          if (t == JsonToken.VALUE_STRING && "name".equals(in.currentName()) && into.size() < 100) {
            into.add(in.getText());
          }
        }
      }
    }

    private void list(JsonParser in) throws IOException {
      JsonToken token = in.nextToken();
      while (token != null && token != JsonToken.END_ARRAY) {
        Budget.step();
        if (token == JsonToken.START_OBJECT) {
          record(in);
        } else {
          in.skipChildren();
        }
        token = in.nextToken();
      }
    }

    private void record(JsonParser in) throws IOException {
      List<String> names = new ArrayList<>();
      List<Double> values = new ArrayList<>();
      Deque<String> outer = new ArrayDeque<>();
      double step = Double.NaN;
      double epoch = Double.NaN;
      JsonToken token = in.nextToken();
      while (token != null && !(token == JsonToken.END_OBJECT && outer.isEmpty())) {
        String name = in.currentName();
        if (token == JsonToken.END_OBJECT) {
          outer.removeLast();
        } else if (token == JsonToken.START_OBJECT) {
          if (outer.size() >= MAX_DEPTH) {
            in.skipChildren();
          } else {
            outer.addLast(name);
          }
        } else if (token == JsonToken.START_ARRAY) {
          array(in, name, names, values);
        } else if (token.isNumeric()
            || token == JsonToken.VALUE_STRING && Json.isNumber(in.getText())) {
          double value = token.isNumeric() ? in.getDoubleValue() : Json.number(in.getText());
          Axis axis = outer.isEmpty() ? vocabulary.axis(name).orElse(null) : null;
          step = axis == Axis.STEP ? value : step;
          epoch = axis == Axis.EPOCH ? value : epoch;
          if (axis == null && names.size() < MAX_FIELDS) {
            names.add(outer.isEmpty() ? name : String.join("/", outer) + "/" + name);
            values.add(value);
          }
        }
        token = in.nextToken();
      }
      sink.take(names, values, step, epoch);
    }

    /** A list of a record: CatBoost's, else nothing of a course. */
    private void array(JsonParser in, String name, List<String> names, List<Double> values)
        throws IOException {
      List<String> metrics =
          "learn".equals(name) ? learn : "test".equals(name) ? test : List.<String>of();
      int i = 0;
      int depth = 1;
      while (depth > 0) {
        JsonToken t = in.nextToken();
        if (t == null) {
          return;
        }
        depth += t.isStructStart() ? 1 : t.isStructEnd() ? -1 : 0;
        if (t.isNumeric() && i < metrics.size()) {
          names.add(name + "_" + metrics.get(i++));
          values.add(in.getDoubleValue());
        }
      }
    }
  }
}
