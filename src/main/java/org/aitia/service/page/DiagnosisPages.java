package org.aitia.service.page;

import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.knowledge.Language;
import org.aitia.report.DiagnosisJson;
import org.aitia.report.Words;
import org.aitia.report.document.DiagnosisView;
import org.aitia.report.document.HtmlReport;
import org.aitia.report.document.Inside;
import org.aitia.report.document.MarkdownReport;
import org.aitia.service.Ids;
import org.aitia.service.Problem;
import org.aitia.service.guard.Guard;
import org.aitia.service.intake.Intake;
import org.aitia.service.store.Store;
import org.aitia.service.work.Clinic;
import org.aitia.service.work.Live;
import org.aitia.service.work.Others;

/** Diagnoses as pages: made of what a form sends, shown, taken away. */
@Path("/")
@Blocking
public final class DiagnosisPages {
  private static final String FOLDER = "/diagnoses/";
  private static final int MAX_OTHERS = 30;

  @Inject Sheets sheets;
  @Inject Examples examples;
  @Inject Clinic clinic;
  @Inject Intake intake;
  @Inject Others others;
  @Inject Store store;
  @Inject Live live;
  @Inject RoutingContext routing;

  @POST
  @Path("diagnoses")
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  public Response sent(@HeaderParam(HttpHeaders.CONTENT_TYPE) String type) throws Exception {
    var caller = Guard.caller(routing);
    return made(
        clinic.diagnose(
            caller, null, Others.Named.NONE, () -> caller.read(b -> intake.page(b, type))));
  }

  @POST
  @Path("examples/{id}")
  public Response example(@PathParam("id") String id) throws Exception {
    byte[] zip = examples.zip(id);
    return made(
        clinic.diagnose(
            Guard.caller(routing),
            null,
            Others.Named.NONE,
            () -> intake.zip(new ByteArrayInputStream(zip), id)));
  }

  /** Where it is, for a script that has shown how the upload goes; a browser is sent there. */
  private Response made(Clinic.Outcome outcome) {
    String path = FOLDER + outcome.entry().id();
    return Sheets.scripted(routing)
        ? Response.status(201)
            .entity("{\"href\":\"" + path + "\"}")
            .type(MediaType.APPLICATION_JSON_TYPE)
            .build()
        : Sheets.to(path);
  }

  @GET
  @Path("diagnoses")
  public Response list() {
    return Sheets.to("/");
  }

  @GET
  @Path("diagnoses/{id: [0-9a-f-]+}")
  public Response one(@PathParam("id") String id) throws SQLException {
    Store.Entry entry = find(id);
    Diagnosis d = entry.in(Sheets.language(routing));
    DiagnosisView view = new DiagnosisView(live.diagnoser().knowledge(), d);
    return sheets.page(
        routing,
        200,
        "diagnosis.html",
        Map.of(
            "page",
            view,
            "entry",
            entry,
            "points",
            FOLDER + id + "/curves",
            "tags",
            StartPage.Tag.of(entry.mark().labels()),
            "more",
            new Details(view),
            "others",
            latest(id)));
  }

  /** Those that a run may be held against. */
  private List<StartPage.Line> latest(String but) throws SQLException {
    Language language = Sheets.language(routing);
    return store.list(Store.Filter.NONE, MAX_OTHERS).stream()
        .filter(e -> !e.id().equals(but))
        .map(e -> StartPage.Line.of(e, language))
        .toList();
  }

  /** The layers and the data of a run whose files are kept. */
  @GET
  @Path("diagnoses/{id: [0-9a-f-]+}/inside")
  public Response inside(@PathParam("id") String id) throws Exception {
    Store.Entry entry = find(id);
    Diagnosis d = entry.in(Sheets.language(routing));
    Words words = new Words(live.diagnoser().knowledge(), Sheets.language(routing));
    Inside inside =
        clinic.look(
            Guard.caller(routing), () -> others.evidence(id), run -> new Inside(run, words));
    return sheets.page(
        routing, 200, "inside.html", Map.of("inside", inside, "entry", entry, "d", d));
  }

  /** The points of the curves, for the script that draws them. */
  @GET
  @Path("diagnoses/{id: [0-9a-f-]+}/curves")
  public Response curves(@PathParam("id") String id) throws SQLException {
    Diagnosis d = find(id).in(Sheets.language(routing));
    return Sheets.json(routing, CurvePoints.of(new DiagnosisView(live.diagnoser().knowledge(), d)));
  }

  /** To take away: the report as the command writes it. */
  @GET
  @Path("diagnoses/{id: [0-9a-f-]+}.{form: md|html|json}")
  public Response taken(@PathParam("id") String id, @PathParam("form") String form)
      throws SQLException {
    Language language = Sheets.language(routing);
    Diagnosis d = find(id).in(language);
    var knowledge = live.diagnoser().knowledge();
    String body =
        switch (form) {
          case "md" -> new MarkdownReport(knowledge, null).render(d);
          case "html" -> new HtmlReport(knowledge).render(d);
          default -> DiagnosisJson.lines().render(d);
        };
    String type =
        switch (form) {
          case "md" -> "text/markdown";
          case "html" -> "text/html";
          default -> "application/json";
        };
    return Response.ok(body)
        .type(type + ";charset=UTF-8")
        .header("Content-Language", language.tag())
        .header("Content-Disposition", "inline; filename=\"diagnosis-" + id + "." + form + "\"")
        .header("Cache-Control", "private, no-cache")
        .build();
  }

  /** The same run once more, held against another one. */
  @POST
  @Path("diagnoses/{id: [0-9a-f-]+}/compare")
  public Response compare(@PathParam("id") String id) throws Exception {
    var caller = Guard.caller(routing);
    Fields form = Fields.of(caller);
    String other = form.get("other");
    boolean previous = form.get("as").equals("previous");
    return made(
        clinic.diagnose(
            caller,
            null,
            new Others.Named(previous ? null : other, previous ? other : null),
            () -> others.evidence(id)));
  }

  @POST
  @Path("diagnoses/{id: [0-9a-f-]+}/delete")
  public Response delete(@PathParam("id") String id) throws SQLException {
    if (!Ids.valid(id) || !store.delete(id)) {
      throw Problem.none("diagnosis", id);
    }
    return Sheets.to("/");
  }

  private Store.Entry find(String id) throws SQLException {
    return (Ids.valid(id) ? store.find(id) : Optional.<Store.Entry>empty())
        .orElseThrow(() -> Problem.none("diagnosis", id));
  }
}
