package org.aitia.service.api;

import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
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
import org.aitia.service.guard.Caller;
import org.aitia.service.guard.Guard;
import org.aitia.service.intake.Intake;
import org.aitia.service.intake.Upload;
import org.aitia.service.store.Expiry;
import org.aitia.service.work.Consultation;

/** Further runs of a session: the one after a repair, or the first. */
@Path("/api/v1/sessions/{id}/runs")
@Blocking
public final class SessionRunsResource {
  @Inject Consultation consultation;
  @Inject Intake intake;
  @Inject Expiry expiry;
  @Inject RoutingContext routing;
  @Context Request request;

  @PathParam("id")
  String id;

  @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE)
  String languages;

  @HeaderParam(HttpHeaders.IF_MATCH)
  String precondition;

  @On("POST")
  @QueryParam("source")
  String source;

  @POST
  @Consumes({MediaType.APPLICATION_JSON, "application/yaml"})
  public Response report() throws Exception {
    return attach(body -> intake.report(body, source));
  }

  @POST
  @Consumes({"application/x-ndjson", "application/jsonl", "application/gzip"})
  public Response record() throws Exception {
    return attach(body -> intake.record(body, source));
  }

  @POST
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  public Response form(@HeaderParam(HttpHeaders.CONTENT_TYPE) String type) throws Exception {
    return attach(body -> intake.form(body, type, source));
  }

  @POST
  @Consumes("application/zip")
  public Response zip() throws Exception {
    return attach(body -> intake.zip(body, source));
  }

  private Response attach(Caller.Reading<Upload> taking) throws Exception {
    Negotiation.format(request, Negotiation.Format.JSON);
    Intake.checkSource(source);
    Caller caller = Guard.caller(routing);
    SessionAnswers answers = new SessionAnswers(expiry, languages, routing, request);
    return answers.changed(
        consultation.attach(
            new Consultation.Wish(caller, id, precondition),
            () -> caller.read(taking),
            answers.state()));
  }
}
