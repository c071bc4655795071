package org.aitia.service.page;

import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.report.document.DiagnosisView;
import org.aitia.service.Problem;
import org.aitia.service.store.LiveRun;
import org.aitia.service.work.Live;
import org.aitia.service.work.LiveRuns;

/** Runs while they are recorded, as pages that follow them. */
@Path("/runs")
@Blocking
public final class LivePages {
  private static final String FOLDER = "/runs/";
  private static final int SHOWN = 100;

  @Inject Sheets sheets;
  @Inject LiveRuns runs;
  @Inject Live live;
  @Inject RoutingContext routing;

  @GET
  public Response list() throws Exception {
    return sheets.page(routing, 200, "runs.html", Map.of("runs", runs.list(SHOWN)));
  }

  /** A run as it stands; when it has ended, the diagnosis that is kept of it. */
  @GET
  @Path("{run}")
  public Response one(@PathParam("run") String name) throws Exception {
    LiveRuns.Standing standing = runs.standing(name);
    LiveRun run = standing.run();
    if (run.diagnosis() != null && !run.diagnosis().isEmpty()) {
      return Sheets.to("/diagnoses/" + run.diagnosis());
    }
    Map<String, Object> data = new HashMap<>();
    data.put("run", run);
    data.put("said", standing.texts() != null);
    data.put("points", FOLDER + name + "/curves");
    data.put("tags", StartPage.Tag.of(run.mark().labels()));
    if (standing.texts() != null) {
      DiagnosisView view = view(standing);
      data.put("page", view);
      data.put("sections", sections(view));
      data.put("more", new Details(view));
    }
    return sheets.page(routing, 200, "run.html", data);
  }

  /** All but what asks to do something: the run goes on. */
  private static List<DiagnosisView.Section> sections(DiagnosisView view) {
    return new Details(view).sections().stream().filter(s -> !s.id().equals("questions")).toList();
  }

  private DiagnosisView view(LiveRuns.Standing standing) {
    Diagnosis d = standing.texts().get(Sheets.language(routing));
    return new DiagnosisView(live.diagnoser().knowledge(), d);
  }

  /** The points of the curves, for the script that draws them. */
  @GET
  @Path("{run}/curves")
  public Response curves(@PathParam("run") String name) throws Exception {
    LiveRuns.Standing standing = runs.standing(name);
    if (standing.texts() == null) {
      throw Problem.none("curve of", name);
    }
    return Sheets.json(routing, CurvePoints.of(view(standing)));
  }
}
