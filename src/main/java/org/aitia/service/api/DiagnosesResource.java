package org.aitia.service.api;

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
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import org.aitia.knowledge.Language;
import org.aitia.service.Digests;
import org.aitia.service.Ids;
import org.aitia.service.Labels;
import org.aitia.service.Problem;
import org.aitia.service.guard.Caller;
import org.aitia.service.guard.Guard;
import org.aitia.service.intake.Intake;
import org.aitia.service.intake.Upload;
import org.aitia.service.store.Store;
import org.aitia.service.work.Clinic;
import org.aitia.service.work.Live;
import org.aitia.service.work.Others;

/** Diagnoses: made, listed, shown, deleted. */
@Path("/api/v1/diagnoses")
@Blocking
public final class DiagnosesResource {
  private static final int MAX_KEY = 255;

  @Inject Clinic clinic;
  @Inject Intake intake;
  @Inject Store store;
  @Inject Live live;
  @Inject RoutingContext routing;
  @Context UriInfo uri;
  @Context Request request;

  @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE)
  String languages;

  @HeaderParam("Idempotency-Key")
  String key;

  @HeaderParam("Aitia-Labels")
  String labels;

  @On("POST")
  @QueryParam("label")
  List<String> label;

  @On("POST")
  @QueryParam("source")
  String source;

  @On("POST")
  @QueryParam("reference")
  String reference;

  @On("POST")
  @QueryParam("previous")
  String previous;

  @POST
  @Consumes({MediaType.APPLICATION_JSON, "application/yaml"})
  public Response report() throws Exception {
    return diagnose(body -> intake.report(body, source));
  }

  @POST
  @Consumes({"application/x-ndjson", "application/jsonl", "application/gzip"})
  public Response record() throws Exception {
    return diagnose(body -> intake.record(body, source));
  }

  @POST
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  public Response form(@HeaderParam(HttpHeaders.CONTENT_TYPE) String type) throws Exception {
    return diagnose(body -> intake.form(body, type, source));
  }

  @POST
  @Consumes("application/zip")
  public Response zip() throws Exception {
    return diagnose(body -> intake.zip(body, source));
  }

  private Response diagnose(Caller.Reading<Upload> taking) throws Exception {
    // Nothing is worth doing for a caller who will not take the answer.
    Negotiation.Format format = Negotiation.format(request);
    checkKey(key);
    Intake.checkSource(source);
    Caller caller = Guard.caller(routing);
    Others.Named named = new Others.Named(reference, previous);
    Clinic.Order order = new Clinic.Order(key, named, Labels.given(labels, label));
    Clinic.Outcome outcome = clinic.diagnose(caller, order, () -> caller.read(taking));
    Response.ResponseBuilder response =
        show(outcome.entry(), format)
            .status(Response.Status.CREATED)
            .location(
                UriBuilder.fromUri(uri.getBaseUri())
                    .path("api/v1/diagnoses/" + outcome.entry().id())
                    .build());
    if (outcome.repeated()) {
      response.header("Idempotency-Replayed", "true");
    }
    return response.build();
  }

  static void checkKey(String key) {
    if (key != null && (key.isBlank() || key.length() > MAX_KEY)) {
      throw Problem.field(
          400, "bad-request", "Idempotency-Key", "must have 1 to " + MAX_KEY + " characters");
    }
  }

  @GET
  @Path("{name}")
  public Response one(@PathParam("name") String name) throws SQLException {
    Negotiation.Named named = Negotiation.named(name, Negotiation.Format.values());
    Store.Entry entry = find(named.id());
    return show(entry, named.format() == null ? Negotiation.format(request) : named.format())
        .build();
  }

  private Store.Entry find(String id) throws SQLException {
    return (Ids.valid(id) ? store.find(id) : java.util.Optional.<Store.Entry>empty())
        .orElseThrow(() -> Problem.none("diagnosis", id));
  }

  /** A diagnosis in a format and the caller's language; 304 when the caller has it already. */
  private Response.ResponseBuilder show(Store.Entry entry, Negotiation.Format format) {
    Language language = Negotiation.language(languages);
    String body = format.renderer(live.diagnoser().knowledge()).render(entry.in(language));
    EntityTag tag = new EntityTag(HexFormat.of().formatHex(Digests.sha256(body), 0, 16));
    Response.ResponseBuilder unchanged =
        routing.request().method().name().equals("POST")
            ? null
            : request.evaluatePreconditions(tag);
    Response.ResponseBuilder response =
        unchanged != null ? unchanged : Response.ok(body).type(format.type());
    return response
        .tag(tag)
        .header(HttpHeaders.CONTENT_LANGUAGE, language.tag())
        .header(HttpHeaders.VARY, "Accept, Accept-Language")
        .header(HttpHeaders.CACHE_CONTROL, "private, no-cache");
  }

  @DELETE
  @Path("{id}")
  public Response delete(@PathParam("id") String id) throws SQLException {
    if (!Ids.valid(id) || !store.delete(id)) {
      throw Problem.none("diagnosis", id);
    }
    return Response.noContent().build();
  }
}
