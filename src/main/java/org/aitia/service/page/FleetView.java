package org.aitia.service.page;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.aitia.report.Words;
import org.aitia.service.fleet.Incident;
import org.aitia.service.fleet.Overview;
import org.aitia.service.store.FleetStore;

/** The overview as its template names it: numbers as people read them, and where each leads. */
public final class FleetView {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);

  private final Overview overview;
  private final List<Incident> found;
  private final FleetStore.Range range;
  private final int weeks;
  private final Words words;

  FleetView(
      Overview overview, List<Incident> found, FleetStore.Range range, int weeks, Words words) {
    this.overview = overview;
    this.found = found;
    this.range = range;
    this.weeks = weeks;
    this.words = words;
  }

  /** A time to look back on. */
  public record Back(int weeks, String href, boolean chosen) {}

  /** What the overview is narrowed to, and where it is not. */
  public record Narrowed(String by, String value, String without) {}

  /** A cause with what it cost, in a row. */
  public record Row(
      String cause,
      String runs,
      String href,
      String share,
      String hours,
      List<WeekBars.Block> weeks) {}

  /** Runs of a kind, in a row. */
  public record Line(
      String value,
      String href,
      String runs,
      String faulty,
      String all,
      double share,
      String hours,
      List<Blamed> causes) {}

  /** A cause of some runs, and where they are. */
  public record Blamed(String cause, String runs, String href) {}

  /** An incident as it is told. */
  public record Told(
      String cause,
      String what,
      String label,
      List<String> also,
      String since,
      String until,
      boolean over,
      String failed,
      String runs,
      String usual,
      String href) {}

  /** Rows by team, by model, or by framework. */
  public record Table(String heading, String column, List<Line> lines) {}

  public boolean any() {
    return overview.all() > 0;
  }

  public List<Back> back() {
    return OverviewPage.WEEKS.stream()
        .map(w -> new Back(w, here(range.values()).with("weeks", w + "").toString(), w == weeks))
        .toList();
  }

  /** The address of an overview without its weeks. */
  private static Address here(Map<FleetStore.By, String> values) {
    Address address = new Address("/overview");
    values.forEach((by, value) -> address.with(by.id(), value));
    return address;
  }

  private Address here(FleetStore.By by, String value) {
    Map<FleetStore.By, String> values = new EnumMap<>(FleetStore.By.class);
    values.putAll(range.values());
    if (value == null) {
      values.remove(by);
    } else {
      values.put(by, value);
    }
    return here(values).with("weeks", weeks + "");
  }

  public List<Narrowed> narrowed() {
    return range.values().entrySet().stream()
        .map(
            e ->
                new Narrowed(
                    words.say("fleet-by-" + e.getKey().id()),
                    e.getValue(),
                    here(e.getKey(), null).toString()))
        .toList();
  }

  /** The list of the runs behind a number. */
  private Address list(Instant since, Instant until) {
    Address address = new Address("/").with("since", since.toString());
    address.with("until", until.toString());
    range.values().forEach((by, value) -> address.with(by.id(), value));
    return address;
  }

  private Address list() {
    return list(range.since(), range.until());
  }

  public String all() {
    return count(overview.all());
  }

  public String allHref() {
    return list().toString();
  }

  public String faulty() {
    return count(overview.faulty());
  }

  public String faultyHref() {
    return list().with("verdict", "faulty").toString();
  }

  public String faultyShare() {
    return share(overview.faulty(), overview.all());
  }

  public String hours() {
    return hours(overview.cost());
  }

  /** How many faulty runs the hours are of. */
  public String timed() {
    return count(overview.cost().timed());
  }

  public boolean warned() {
    return overview.warnings().runs() > 0;
  }

  public String warnedMedian() {
    return span(overview.warnings().median());
  }

  public String warnedMost() {
    return span(overview.warnings().ninth());
  }

  static String count(long n) {
    return String.format(Locale.ROOT, "%,d", n).replace(',', '\u202f');
  }

  private static String share(long part, long whole) {
    return whole == 0 ? "" : Math.round(100.0 * part / whole) + " %";
  }

  private static String hours(Overview.Cost cost) {
    return cost.timed() == 0 ? "–" : count(Math.round(cost.hours())) + " h";
  }

  /** A time that is told in hours, in the unit that people would take. */
  private String span(double hours) {
    return hours < 1
        ? words.say("fleet-minutes", Math.round(60 * hours))
        : words.say("fleet-hours", Words.number(Math.round(10 * hours) / 10.0));
  }

  public List<Told> incidents() {
    return found.stream().map(this::told).toList();
  }

  private Told told(Incident i) {
    return new Told(
        words.cause(i.cause()),
        "/knowledge/" + i.cause(),
        i.label(),
        i.also(),
        TIME.format(i.since()),
        TIME.format(i.until()),
        i.until().isBefore(range.until()),
        count(i.failed()),
        count(i.runs()),
        Words.percent(i.usual()),
        list(i.since(), i.until()).with("first", i.cause()).with("label", i.label()).toString());
  }

  public int width() {
    return WeekBars.WIDTH;
  }

  public int height() {
    return WeekBars.HEIGHT;
  }

  /** Runs and faulty runs of each week, as bars. */
  public List<WeekBars.Block> bars() {
    return WeekBars.of(overview.weeks(), words);
  }

  public String firstWeek() {
    return overview.weeks().get(0).begins().toString();
  }

  public String lastWeek() {
    return overview.weeks().get(overview.weeks().size() - 1).begins().toString();
  }

  public int sparkWidth() {
    return WeekBars.SPARK_STEP * overview.weeks().size();
  }

  public int sparkHeight() {
    return WeekBars.SPARK_HEIGHT;
  }

  public List<Row> causes() {
    return overview.causes().stream().map(this::row).toList();
  }

  private Row row(Overview.Blamed blamed) {
    return new Row(
        words.cause(blamed.cause()),
        count(blamed.runs()),
        list().with("first", blamed.cause()).toString(),
        share(blamed.runs(), overview.faulty()),
        hours(blamed.cost()),
        WeekBars.of(blamed, overview.weeks()));
  }

  public List<Table> tables() {
    return overview.groups().entrySet().stream()
        .map(
            e ->
                new Table(
                    words.say("fleet-per-" + e.getKey().id()),
                    words.say("fleet-by-" + e.getKey().id()),
                    e.getValue().stream().map(g -> line(e.getKey(), g)).toList()))
        .filter(t -> t.lines().stream().anyMatch(l -> l.value() != null))
        .toList();
  }

  private Line line(FleetStore.By by, Overview.Group group) {
    return new Line(
        group.value(),
        here(by, group.value()).toString(),
        count(group.runs()),
        count(group.faulty()),
        share(group.faulty(), group.runs()),
        group.runs() == 0 ? 0 : WeekBars.at(100.0 * group.faulty() / group.runs()),
        hours(group.cost()),
        group.causes().stream()
            .map(
                c ->
                    new Blamed(
                        words.cause(c.cause()),
                        count(c.runs()),
                        list().with("first", c.cause()).with(by.id(), group.value()).toString()))
            .toList());
  }
}
