package org.aitia.service.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.report.DiagnosisJson;
import org.aitia.service.fleet.Incident;
import org.aitia.service.fleet.Incidents;
import org.aitia.service.fleet.Overview;
import org.aitia.service.fleet.Overviews;
import org.aitia.service.store.FleetStore;
import org.aitia.service.work.Live;

/** What many diagnoses tell together. */
@Path("/api/v1")
@Blocking
public final class FleetResource {
  @Inject Overviews overviews;
  @Inject Incidents incidents;
  @Inject Live live;
  @Context Request request;

  @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE)
  String languages;

  /**
   * The overview as it is told.
   *
   * @param hours that faulty runs trained, of those of which it is known
   * @param timed how many those are
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Told(
      String since,
      String until,
      long runs,
      Map<String, Long> verdicts,
      double hours,
      long timed,
      Warning warning,
      List<Cause> causes,
      List<Group> teams,
      List<Group> models,
      List<Group> frameworks,
      List<Week> weeks) {}

  /** Hours from the start of a run until it was called faulty; null when nobody knows. */
  record Warning(long runs, double medianHours, double ninetiethHours) {
    static Warning of(FleetStore.Warnings w) {
      return w.runs() == 0 ? null : new Warning(w.runs(), round(w.median()), round(w.ninth()));
    }
  }

  /** A cause, with its runs in each week. */
  record Cause(String id, String name, long runs, double hours, long timed, List<Long> weeks) {}

  /** Runs of one kind; no value for those of which it is not known. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Group(
      String value, long runs, long faulty, double hours, long timed, List<Blamed> causes) {}

  /** A cause within a group. */
  record Blamed(String id, String name, long runs) {}

  /** A week from Monday on. */
  record Week(String begins, long runs, long faulty) {}

  /** Incidents, the one that stands out most first. */
  record Listing(String since, String until, List<Item> items) {}

  /** An incident. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Item(
      String cause,
      String name,
      String label,
      List<String> also,
      String since,
      String until,
      long runs,
      long faulty,
      double usual,
      List<String> latest) {}

  @GET
  @Path("overview")
  public Response overview(
      @QueryParam("since") String since,
      @QueryParam("until") String until,
      @QueryParam("team") String team,
      @QueryParam("model") String model,
      @QueryParam("framework") String framework)
      throws SQLException {
    Negotiation.format(request, Negotiation.Format.JSON);
    Overview found = overviews.of(Times.range(since, until, by(team, model, framework)));
    Language language = Negotiation.language(languages);
    return answer(told(found, language), language);
  }

  @GET
  @Path("incidents")
  public Response incidents(
      @QueryParam("since") String since,
      @QueryParam("until") String until,
      @QueryParam("team") String team,
      @QueryParam("model") String model,
      @QueryParam("framework") String framework)
      throws SQLException {
    Negotiation.format(request, Negotiation.Format.JSON);
    FleetStore.Range range = Times.range(since, until, by(team, model, framework));
    Language language = Negotiation.language(languages);
    List<Item> items = incidents.in(range).stream().map(i -> item(i, language)).toList();
    return answer(new Listing(range.since().toString(), range.until().toString(), items), language);
  }

  private static Map<FleetStore.By, String> by(String team, String model, String framework) {
    Map<FleetStore.By, String> wanted = new EnumMap<>(FleetStore.By.class);
    wanted.put(FleetStore.By.TEAM, team);
    wanted.put(FleetStore.By.MODEL, model);
    wanted.put(FleetStore.By.FRAMEWORK, framework);
    return wanted;
  }

  private Told told(Overview o, Language in) {
    return new Told(
        o.since().toString(),
        o.until().toString(),
        o.all(),
        o.runs(),
        round(o.cost().hours()),
        o.cost().timed(),
        Warning.of(o.warnings()),
        o.causes().stream()
            .map(
                c ->
                    new Cause(
                        c.cause(),
                        name(c.cause(), in),
                        c.runs(),
                        round(c.cost().hours()),
                        c.cost().timed(),
                        c.weeks()))
            .toList(),
        groups(o.groups().get(FleetStore.By.TEAM), in),
        groups(o.groups().get(FleetStore.By.MODEL), in),
        groups(o.groups().get(FleetStore.By.FRAMEWORK), in),
        o.weeks().stream()
            .map(w -> new Week(w.begins().toString(), w.runs(), w.faulty()))
            .toList());
  }

  private List<Group> groups(List<Overview.Group> groups, Language in) {
    return groups.stream()
        .map(
            g ->
                new Group(
                    g.value(),
                    g.runs(),
                    g.faulty(),
                    round(g.cost().hours()),
                    g.cost().timed(),
                    g.causes().stream()
                        .map(c -> new Blamed(c.cause(), name(c.cause(), in), c.runs()))
                        .toList()))
        .toList();
  }

  private Item item(Incident i, Language in) {
    return new Item(
        i.cause(),
        name(i.cause(), in),
        i.label(),
        i.also(),
        i.since().toString(),
        i.until().toString(),
        i.runs(),
        i.failed(),
        Suspect.round(i.usual()),
        i.latest().stream().map(id -> "/api/v1/diagnoses/" + id).toList());
  }

  /** A cause of rules that are gone since has only its id. */
  private String name(String cause, Language in) {
    Knowledge knowledge = live.diagnoser().knowledge();
    return knowledge.causes().containsKey(cause) ? knowledge.cause(cause).page(in).name() : cause;
  }

  private static double round(double hours) {
    return Math.round(1_000 * hours) / 1_000.0;
  }

  private static Response answer(Object body, Language language) {
    return Response.ok(DiagnosisJson.lines().write(body))
        .type(MediaType.APPLICATION_JSON_TYPE)
        .header(HttpHeaders.CONTENT_LANGUAGE, language.tag())
        .header(HttpHeaders.VARY, "Accept-Language")
        .header(HttpHeaders.CACHE_CONTROL, "no-cache")
        .build();
  }
}
