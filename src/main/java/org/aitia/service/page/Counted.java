package org.aitia.service.page;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.aitia.report.Words;
import org.aitia.service.Problem;
import org.aitia.service.store.FleetStore;

/**
 * What of the list a number of the overview is of.
 *
 * @param since null for any time
 * @param until null for any time
 */
public record Counted(Instant since, Instant until, Map<FleetStore.By, String> values) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);

  /** By the first cause of faulty runs; {@code cause} asks for any that is suspected. */
  private static final String FIRST = "first";

  /** A part of the address. */
  public record Field(String name, String value) {}

  /** Of an address; what is empty is not asked for. */
  static Counted of(
      String since, String until, String first, String team, String model, String framework) {
    Map<FleetStore.By, String> values = new EnumMap<>(FleetStore.By.class);
    put(values, FleetStore.By.CAUSE, first);
    put(values, FleetStore.By.TEAM, team);
    put(values, FleetStore.By.MODEL, model);
    put(values, FleetStore.By.FRAMEWORK, framework);
    return new Counted(time(since), time(until), values);
  }

  private static void put(Map<FleetStore.By, String> values, FleetStore.By by, String asked) {
    String value = StartPage.Wish.given(asked);
    if (value != null) {
      values.put(by, value);
    }
  }

  private static Instant time(String asked) {
    String text = StartPage.Wish.given(asked);
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw Problem.of(400, "bad-request", "the list cannot be filtered like that");
    }
  }

  boolean some() {
    return since != null || until != null || !values.isEmpty();
  }

  /** The parts of the address that ask for this. */
  public List<Field> fields() {
    List<Field> fields = new ArrayList<>();
    add(fields, "since", since);
    add(fields, "until", until);
    values.forEach((by, value) -> add(fields, name(by), value));
    return fields;
  }

  private static String name(FleetStore.By by) {
    return by == FleetStore.By.CAUSE ? FIRST : by.id();
  }

  private static void add(List<Field> fields, String name, Object value) {
    if (value != null) {
      fields.add(new Field(name, value.toString()));
    }
  }

  /** The same as people read it. */
  List<String> said(Words words) {
    List<String> parts = new ArrayList<>();
    String colon = words.say("colon");
    if (since != null || until != null) {
      String time =
          (since == null ? "…" : TIME.format(since))
              + " – "
              + (until == null ? "…" : TIME.format(until) + " UTC");
      parts.add(words.say("fleet-by-time") + colon + time);
    }
    values.forEach(
        (by, value) ->
            parts.add(
                words.say("fleet-by-" + name(by))
                    + colon
                    + (by == FleetStore.By.CAUSE ? words.cause(value) : value)));
    return parts;
  }
}
