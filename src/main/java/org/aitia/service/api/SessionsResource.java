package org.aitia.service.api;

import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.aitia.diagnosis.Checklist;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.report.DiagnosisJson;
import org.aitia.report.document.ChecklistReport;
import org.aitia.service.Problem;
import org.aitia.service.guard.Caller;
import org.aitia.service.guard.Guard;
import org.aitia.service.intake.Bodies;
import org.aitia.service.intake.Intake;
import org.aitia.service.intake.Upload;
import org.aitia.service.store.Expiry;
import org.aitia.service.work.Consultation;
import org.aitia.service.work.Live;
import org.aitia.service.work.Others;

/** Sessions of questions and answers. */
@Path("/api/v1/sessions")
@Blocking
public final class SessionsResource {
  private static final Negotiation.Format[] FORMATS = {
    Negotiation.Format.JSON, Negotiation.Format.MARKDOWN
  };

  @Inject Consultation consultation;
  @Inject Others others;
  @Inject Intake intake;
  @Inject Live live;
  @Inject Expiry expiry;
  @Inject RoutingContext routing;
  @Context UriInfo uri;
  @Context Request request;

  @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE)
  String languages;

  @HeaderParam(HttpHeaders.IF_MATCH)
  String precondition;

  /** Whether a number is meant though it is implausible. */
  @On("PUT")
  @QueryParam("insist")
  boolean insist;

  @On("POST")
  @QueryParam("source")
  String source;

  @On("POST")
  @QueryParam("diagnosis")
  String diagnosis;

  @POST
  @Consumes({MediaType.APPLICATION_JSON, "application/yaml"})
  public Response report() throws Exception {
    return begin(body -> intake.report(body, source));
  }

  @POST
  @Consumes({"application/x-ndjson", "application/jsonl", "application/gzip"})
  public Response record() throws Exception {
    return begin(body -> intake.record(body, source));
  }

  @POST
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  public Response form(@HeaderParam(HttpHeaders.CONTENT_TYPE) String type) throws Exception {
    return begin(body -> intake.form(body, type, source));
  }

  @POST
  @Consumes("application/zip")
  public Response zip() throws Exception {
    return begin(body -> intake.zip(body, source));
  }

  /** Without a body nobody says of what type it is. */
  @POST
  public Response nothing() throws Exception {
    return begin(null);
  }

  private Response begin(Caller.Reading<Upload> taking) throws Exception {
    Negotiation.format(request, Negotiation.Format.JSON);
    Intake.checkSource(source);
    Caller caller = Guard.caller(routing);
    Consultation.Origin origin =
        new Consultation.Origin(
            diagnosis == null ? null : "diagnosis", () -> receive(caller, taking), source);
    Consultation.Reply reply = consultation.begin(caller, origin, answers().state());
    return answers()
        .of(reply, Negotiation.Format.JSON)
        .status(Response.Status.CREATED)
        .location(
            UriBuilder.fromUri(uri.getBaseUri())
                .path("api/v1/sessions/" + reply.entry().id())
                .build())
        .build();
  }

  /** What a session begins with: the body, what was sent for a diagnosis, or nothing. */
  private Upload receive(Caller caller, Caller.Reading<Upload> taking) throws IOException {
    if (caller.bytes() == 0) {
      return diagnosis == null ? null : others.evidence(diagnosis);
    }
    if (diagnosis != null) {
      throw Problem.field(
          400, "bad-request", "diagnosis", "a session begins with it or with a body, not both");
    }
    return caller.read(taking);
  }

  private SessionAnswers answers() {
    return new SessionAnswers(expiry, languages, routing, request);
  }

  private Negotiation.Format format(Negotiation.Named named) {
    return named.format() == null ? Negotiation.format(request, FORMATS) : named.format();
  }

  @GET
  @Path("{name}")
  public Response one(@PathParam("name") String name) throws Exception {
    Negotiation.Named named = Negotiation.named(name, FORMATS);
    Negotiation.Format format = format(named);
    boolean json = format == Negotiation.Format.JSON;
    Consultation.Writing writing = json ? answers().state() : answers().inWords();
    return answers()
        .of(consultation.show(Guard.caller(routing), named.id(), writing), format)
        .build();
  }

  @GET
  @Path("{id}/{form: checklist(\\.json|\\.md)?}")
  public Response checklist(@PathParam("id") String id, @PathParam("form") String form)
      throws Exception {
    Negotiation.Format format = format(Negotiation.named(form, FORMATS));
    Language language = Negotiation.language(languages);
    Consultation.Writing writing =
        visit -> {
          Knowledge knowledge = visit.diagnoser().knowledge();
          Checklist list =
              Checklist.of(knowledge, visit.diagnosis(language), visit.session().answers());
          return format == Negotiation.Format.JSON
              ? DiagnosisJson.lines().write(list)
              : new ChecklistReport(knowledge).markdown(list);
        };
    return answers().of(consultation.show(Guard.caller(routing), id, writing), format).build();
  }

  /** The open questions. */
  record Questions(List<Asked> items) {}

  @GET
  @Path("{id}/questions")
  public Response questions(@PathParam("id") String id) throws Exception {
    Negotiation.format(request, Negotiation.Format.JSON);
    Language language = Negotiation.language(languages);
    Consultation.Writing writing =
        visit -> DiagnosisJson.lines().write(new Questions(SessionView.open(visit, language)));
    return answers()
        .of(consultation.show(Guard.caller(routing), id, writing), Negotiation.Format.JSON)
        .build();
  }

  @GET
  @Path("{id}/what-if")
  public Response whatIf(
      @PathParam("id") String id,
      @QueryParam("question") String question,
      @QueryParam("answer") String answer)
      throws Exception {
    Negotiation.format(request, Negotiation.Format.JSON);
    if (question == null || !live.diagnoser().knowledge().questions().containsKey(question)) {
      throw Problem.field(400, "bad-request", "question", "is the id of a question");
    }
    if (answer == null) {
      throw Problem.field(400, "bad-request", "answer", "is the answer to try");
    }
    return answers()
        .of(
            consultation.tryOut(
                Guard.caller(routing),
                id,
                question,
                Bodies.text("answer", answer),
                answers().state()),
            Negotiation.Format.JSON)
        .build();
  }

  @PUT
  @Path("{id}/answers/{question}")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response give(@PathParam("id") String id, @PathParam("question") String question)
      throws Exception {
    Negotiation.format(request, Negotiation.Format.JSON);
    if (!live.diagnoser().knowledge().questions().containsKey(question)) {
      throw Problem.none("question", question);
    }
    return answers()
        .changed(
            consultation.answer(
                wish(id),
                question,
                Guard.caller(routing).read(Bodies::answer),
                insist,
                answers().state()));
  }

  @DELETE
  @Path("{id}/answers/{question}")
  public Response withdraw(@PathParam("id") String id, @PathParam("question") String question)
      throws Exception {
    Negotiation.format(request, Negotiation.Format.JSON);
    return answers().changed(consultation.withdraw(wish(id), question, answers().state()));
  }

  @PUT
  @Path("{id}/notes")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response note(@PathParam("id") String id) throws Exception {
    Negotiation.format(request, Negotiation.Format.JSON);
    return answers()
        .changed(
            consultation.note(
                wish(id), Guard.caller(routing).read(Bodies::notes), answers().state()));
  }

  private Consultation.Wish wish(String id) {
    return new Consultation.Wish(Guard.caller(routing), id, precondition);
  }

  @DELETE
  @Path("{id}")
  public Response end(@PathParam("id") String id) throws SQLException {
    consultation.end(id, precondition);
    return Response.noContent().build();
  }
}
