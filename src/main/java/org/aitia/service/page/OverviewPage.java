package org.aitia.service.page;

import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.aitia.report.Words;
import org.aitia.service.Problem;
import org.aitia.service.fleet.Incidents;
import org.aitia.service.fleet.Overviews;
import org.aitia.service.store.FleetStore;
import org.aitia.service.work.Live;

/** What breaks most, where, since when, and what it costs. */
@Path("overview")
@Blocking
public final class OverviewPage {
  /** Weeks to look back on. */
  static final List<Integer> WEEKS = List.of(1, 4, 12, 52);

  private static final int USUAL = 12;

  @Inject Sheets sheets;
  @Inject Overviews overviews;
  @Inject Incidents incidents;
  @Inject Live live;
  @Inject RoutingContext routing;

  @GET
  public Response overview(
      @QueryParam("weeks") String weeks,
      @QueryParam("team") String team,
      @QueryParam("model") String model,
      @QueryParam("framework") String framework)
      throws SQLException {
    int back = weeks(weeks);
    Map<FleetStore.By, String> wanted = new EnumMap<>(FleetStore.By.class);
    put(wanted, FleetStore.By.TEAM, team);
    put(wanted, FleetStore.By.MODEL, model);
    put(wanted, FleetStore.By.FRAMEWORK, framework);
    // what was diagnosed within this second counts in
    Instant until = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    FleetStore.Range range =
        new FleetStore.Range(until.minus(Duration.ofDays(7L * back)), until, wanted);
    Words words = new Words(live.diagnoser().knowledge(), Sheets.language(routing));
    FleetView view = new FleetView(overviews.of(range), incidents.in(range), range, back, words);
    return sheets.page(routing, 200, "overview.html", Map.of("fleet", view));
  }

  private static void put(Map<FleetStore.By, String> wanted, FleetStore.By by, String value) {
    if (value != null && !value.isBlank()) {
      wanted.put(by, value);
    }
  }

  private static int weeks(String asked) {
    if (asked == null) {
      return USUAL;
    }
    return WEEKS.stream()
        .filter(w -> String.valueOf(w).equals(asked))
        .findFirst()
        .orElseThrow(() -> Problem.of(400, "bad-request", "weeks is one of " + WEEKS));
  }
}
