package org.aitia.service.api;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import org.aitia.knowledge.Language;
import org.aitia.report.DiagnosisJson;
import org.aitia.report.document.SessionReport;
import org.aitia.service.store.Expiry;
import org.aitia.service.work.Consultation;
import org.aitia.service.work.Precondition;

/** Answers with sessions: in the language and form that are asked for, with their tags. */
final class SessionAnswers {
  private final Expiry expiry;
  private final String languages;
  private final RoutingContext routing;
  private final Request request;

  SessionAnswers(Expiry expiry, String languages, RoutingContext routing, Request request) {
    this.expiry = expiry;
    this.languages = languages;
    this.routing = routing;
    this.request = request;
  }

  /** Writes the state as JSON. */
  Consultation.Writing state() {
    Language language = Negotiation.language(languages);
    return visit ->
        DiagnosisJson.lines().write(SessionView.of(visit, expiry.of(visit.entry()), language));
  }

  /** Writes the session as Markdown. */
  Consultation.Writing inWords() {
    Language language = Negotiation.language(languages);
    return visit ->
        new SessionReport(visit.diagnoser().knowledge()).markdown(visit.session(), language);
  }

  Response.ResponseBuilder of(Consultation.Reply reply, Negotiation.Format format) {
    EntityTag tag = Precondition.tag(reply.entry().version(), reply.body());
    boolean read = routing.request().method().name().equals("GET");
    Response.ResponseBuilder unchanged = read ? request.evaluatePreconditions(tag) : null;
    return (unchanged != null ? unchanged : Response.ok(reply.body()).type(format.type()))
        .tag(tag)
        .header(HttpHeaders.CONTENT_LANGUAGE, Negotiation.language(languages).tag())
        .header(HttpHeaders.VARY, "Accept, Accept-Language")
        .header(HttpHeaders.CACHE_CONTROL, "private, no-cache");
  }

  Response changed(Consultation.Reply reply) {
    return of(reply, Negotiation.Format.JSON).build();
  }
}
