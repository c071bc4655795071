package org.aitia.service.page;

import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.knowledge.Cause;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Verdict;
import org.aitia.report.Words;
import org.aitia.service.Ids;
import org.aitia.service.Labels;
import org.aitia.service.Problem;
import org.aitia.service.store.Store;
import org.aitia.service.work.Live;

/** Where one begins: send a run, take an example, find an earlier diagnosis. */
@Path("/")
@Blocking
public final class StartPage {
  private static final int SIZE = 15;

  @Inject Sheets sheets;
  @Inject Store store;
  @Inject Live live;
  @Inject Examples examples;
  @Inject RoutingContext routing;

  @GET
  public Response start(
      @QueryParam("verdict") String verdict,
      @QueryParam("cause") String cause,
      @QueryParam("label") String label,
      @QueryParam("before") String before,
      @QueryParam("since") String since,
      @QueryParam("until") String until,
      @QueryParam("first") String first,
      @QueryParam("team") String team,
      @QueryParam("model") String model,
      @QueryParam("framework") String framework)
      throws SQLException {
    Knowledge knowledge = live.diagnoser().knowledge();
    Language language = Sheets.language(routing);
    Counted counted = Counted.of(since, until, first, team, model, framework);
    Wish wish = Wish.of(new Wish(verdict, cause, label, before, counted), knowledge);
    List<Store.Entry> found =
        store.list(
            new Store.Filter(
                wish.before,
                wish.verdict == null ? null : Verdict.of(wish.verdict),
                wish.cause,
                counted.since(),
                counted.until(),
                wish.label == null ? List.of() : List.of(Labels.Wanted.of(wish.label)),
                counted.values()),
            SIZE + 1);
    List<Line> lines = found.stream().limit(SIZE).map(e -> Line.of(e, language)).toList();
    String next = found.size() > SIZE ? wish.after(found.get(SIZE - 1).id()) : "";
    return sheets.page(
        routing,
        200,
        "start.html",
        Map.of(
            "lines",
            lines,
            "next",
            next,
            "wish",
            wish,
            "counted",
            counted.said(new Words(knowledge, language)),
            "verdicts",
            List.of(Verdict.values()),
            "causes",
            causes(knowledge, language),
            "examples",
            examples.all(language)));
  }

  /** A cause to filter by. */
  public record Choice(String id, String name) {}

  private static List<Choice> causes(Knowledge knowledge, Language language) {
    return knowledge.causes().values().stream()
        .map(c -> new Choice(c.id(), name(c, language)))
        .sorted(Comparator.comparing(Choice::name))
        .toList();
  }

  private static String name(Cause cause, Language language) {
    return cause.page(language).name();
  }

  /** What of the list is wanted; null where anything is. */
  public record Wish(String verdict, String cause, String label, String before, Counted counted) {
    static Wish of(Wish asked, Knowledge knowledge) {
      Wish wish =
          new Wish(
              given(asked.verdict),
              given(asked.cause),
              given(asked.label),
              given(asked.before),
              asked.counted);
      boolean known =
          (wish.verdict == null || wish.verdict.matches("faulty|healthy|undecided"))
              && (wish.cause == null || knowledge.causes().containsKey(wish.cause))
              && (wish.before == null || Ids.valid(wish.before));
      if (!known) {
        throw Problem.of(400, "bad-request", "the list cannot be filtered like that");
      }
      return wish;
    }

    static String given(String value) {
      return value == null || value.isBlank() ? null : value;
    }

    /** Whether the list is not the whole one. */
    public boolean some() {
      return verdict != null || cause != null || label != null || before != null || counted.some();
    }

    /** The address of what comes after an entry. */
    String after(String id) {
      Address address =
          new Address("/")
              .with("verdict", verdict)
              .with("cause", cause)
              .with("label", label)
              .with("before", id);
      counted.fields().forEach(field -> address.with(field.name(), field.value()));
      return address.toString();
    }
  }

  /**
   * A label, and where all that have it are.
   *
   * @param href of the list
   */
  public record Tag(String text, String href) {
    static List<Tag> of(Map<String, String> labels) {
      return labels.entrySet().stream()
          .map(e -> e.getKey() + "=" + e.getValue())
          .map(l -> new Tag(l, new Address("/").with("label", l).toString()))
          .toList();
    }
  }

  /**
   * A diagnosis in the list.
   *
   * @param sure probability of the first cause; null where there is none
   */
  public record Line(
      String id,
      String when,
      String machine,
      Diagnosis d,
      String cause,
      Double sure,
      List<Tag> tags) {
    private static final DateTimeFormatter TIME =
        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);

    static Line of(Store.Entry entry, Language language) {
      Diagnosis d = entry.in(language);
      Diagnosis.Cause first = d.causes().isEmpty() ? null : d.causes().get(0);
      Instant time = entry.created();
      return new Line(
          entry.id(),
          TIME.format(time),
          time.toString(),
          d,
          first == null ? "" : first.name(),
          first == null ? null : first.probability(),
          Tag.of(entry.mark().labels()));
    }

    /** How sure, as people read it. */
    public String chance() {
      return sure == null ? "" : Words.percent(sure);
    }
  }
}
