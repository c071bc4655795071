package org.aitia.service.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.aitia.knowledge.Language;
import org.aitia.report.DiagnosisJson;
import org.aitia.service.Labels;
import org.aitia.service.Problem;
import org.aitia.service.guard.Caller;
import org.aitia.service.guard.Guard;
import org.aitia.service.store.LiveRun;
import org.aitia.service.work.LiveRuns;

/** Runs while they are recorded: lines as they are written, and how the run stands. */
@Path("/api/v1/runs")
@Blocking
public final class RunsResource {
  @Inject LiveRuns runs;
  @Inject RoutingContext routing;
  @Context Request request;

  @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE)
  String languages;

  /**
   * A run.
   *
   * @param offset at which the next lines begin
   * @param state {@code running} or {@code ended}
   * @param warned when it was first called faulty while it went on; null when it was not
   * @param diagnosis id of what was concluded at its end; null before
   * @param standing the diagnosis as it stands, where it was asked for and something can be said
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Item(
      String run,
      String state,
      long offset,
      long lines,
      long version,
      String created,
      String changed,
      String warned,
      String by,
      Map<String, String> labels,
      String diagnosis,
      String href,
      @JsonRawValue String standing) {
    static Item of(LiveRun run, String standing) {
      String id = run.diagnosis() == null || run.diagnosis().isEmpty() ? null : run.diagnosis();
      return new Item(
          run.name(),
          run.ended() ? "ended" : "running",
          run.length(),
          run.lines(),
          run.version(),
          run.created().toString(),
          run.changed().toString(),
          run.warned() == null ? null : run.warned().toString(),
          run.mark().by(),
          run.mark().labels(),
          id,
          id == null ? "/api/v1/runs/" + run.name() : "/api/v1/diagnoses/" + id,
          standing);
    }
  }

  /** All of them. */
  record Listing(List<Item> items) {}

  @POST
  @Path("{run}/lines")
  @Consumes({"application/x-ndjson", "application/jsonl"})
  public Response append(
      @PathParam("run") String run,
      @QueryParam("offset") String offset,
      @QueryParam("label") List<String> label,
      @HeaderParam("Aitia-Labels") String labels)
      throws Exception {
    Negotiation.format(request, Negotiation.Format.JSON);
    LiveRuns.check(run);
    if (offset != null && !offset.matches("[0-9]{1,15}")) {
      throw Problem.field(400, "bad-request", "offset", "is a number of bytes");
    }
    Caller caller = Guard.caller(routing);
    byte[] body = caller.read(InputStream::readAllBytes);
    if (body.length == 0 || body[body.length - 1] != '\n') {
      throw Problem.of(400, "malformed-body", "send whole lines, the last one with its end");
    }
    return answer(
        Item.of(
            runs.append(
                caller,
                run,
                offset == null ? null : Long.valueOf(offset),
                body,
                Labels.given(labels, label)),
            null));
  }

  @GET
  public Response list() throws SQLException {
    Negotiation.format(request, Negotiation.Format.JSON);
    return answer(new Listing(runs.list(100).stream().map(r -> Item.of(r, null)).toList()));
  }

  @GET
  @Path("{run}")
  public Response one(@PathParam("run") String run) throws Exception {
    Negotiation.format(request, Negotiation.Format.JSON);
    LiveRuns.Standing standing = runs.standing(run);
    Language language = Negotiation.language(languages);
    return answer(
        Item.of(
            standing.run(),
            standing.texts() == null
                ? null
                : DiagnosisJson.lines().render(standing.texts().get(language)).strip()));
  }

  @DELETE
  @Path("{run}")
  public Response delete(@PathParam("run") String run) throws SQLException {
    if (!runs.delete(run)) {
      throw Problem.none("run", run);
    }
    return Response.noContent().build();
  }

  private Response answer(Object body) {
    return Response.ok(DiagnosisJson.lines().write(body))
        .type(MediaType.APPLICATION_JSON_TYPE)
        .header(HttpHeaders.CONTENT_LANGUAGE, Negotiation.language(languages).tag())
        .header(HttpHeaders.VARY, "Accept-Language")
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }
}
