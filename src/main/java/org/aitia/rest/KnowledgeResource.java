package org.aitia.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Variant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aitia.Diagnoser;
import org.aitia.inference.RuleBook;
import org.aitia.knowledge.Cause;
import org.aitia.knowledge.Framework;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Question;
import org.aitia.knowledge.Step;
import org.aitia.knowledge.SymptomType;
import org.aitia.report.DiagnosisJson;
import org.aitia.report.Pages;
import org.aitia.report.Words;

/** The knowledge base, as it stands: lists, and the page of each entry. */
@Path("/api/v1/knowledge")
@Blocking
public final class KnowledgeResource {
  private static final MediaType MARKDOWN = new MediaType("text", "markdown", "UTF-8");

  @Inject Live live;
  @Context Request request;

  @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE)
  String languages;

  /** An entry; what does not apply is absent. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Entry(
      String id,
      String name,
      String family,
      String step,
      String cause,
      String direction,
      String level,
      String measure,
      Double above,
      Double below,
      String origin,
      String reason,
      String kind,
      String cost,
      List<String> answers,
      List<String> waitsFor,
      List<String> leadsTo,
      String text,
      @JsonUnwrapped Inquiry inquiry,
      String page) {
    Entry withPage(String markdown) {
      return new Entry(
          id, name, family, step, cause, direction, level, measure, above, below, origin, reason,
          kind, cost, answers, waitsFor, leadsTo, text, inquiry, markdown);
    }
  }

  /** What a question has beyond other entries: its number's range, what to run, its outcomes. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Inquiry(
      String how,
      String unit,
      Question.Range range,
      Map<Framework, String> snippets,
      List<Outcome> outcomes) {
    static Inquiry of(Question q, Language in) {
      List<Outcome> outcomes = new ArrayList<>();
      q.answers().forEach((value, answer) -> outcomes.add(Outcome.of(value, answer, in)));
      return new Inquiry(q.how().in(in), q.unit(), q.range(), q.snippets(), outcomes);
    }
  }

  /** An answer: its label, what it means, and the number that a band begins or ends at. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Outcome(String value, String text, String means, Double limit) {
    static Outcome of(String value, Question.Answer answer, Language in) {
      return new Outcome(
          value,
          answer.text() == null ? null : answer.text().in(in),
          answer.means() == null ? null : answer.means().in(in),
          answer.limit());
    }
  }

  record Entries(String knowledge, List<Entry> items) {}

  @GET
  @Path("{kind}")
  public Response list(@PathParam("kind") String kind) {
    Diagnoser diagnoser = live.diagnoser();
    choose(List.of(MediaType.APPLICATION_JSON_TYPE));
    Language language = Negotiation.language(languages);
    Map<String, Entry> entries = entries(kind, diagnoser, language);
    return answer(
        DiagnosisJson.lines()
            .write(new Entries(diagnoser.knowledge().version(), List.copyOf(entries.values()))),
        MediaType.APPLICATION_JSON_TYPE,
        language);
  }

  @GET
  @Path("{kind}/{id}")
  public Response one(@PathParam("kind") String kind, @PathParam("id") String id) {
    Diagnoser diagnoser = live.diagnoser();
    MediaType type = choose(List.of(MediaType.APPLICATION_JSON_TYPE, MARKDOWN));
    Language language = Negotiation.language(languages);
    Entry entry = entries(kind, diagnoser, language).get(id);
    if (entry == null) {
      throw Problem.of(404, "not-found", "there is no such entry among the " + kind);
    }
    String page =
        new Pages(
                diagnoser.knowledge(),
                diagnoser.rules(),
                new Words(diagnoser.knowledge(), language))
            .of(id)
            .orElse("");
    return answer(
        type.isCompatible(MARKDOWN) ? page : DiagnosisJson.lines().write(entry.withPage(page)),
        type,
        language);
  }

  private MediaType choose(List<MediaType> types) {
    Variant chosen =
        request.selectVariant(Variant.mediaTypes(types.toArray(MediaType[]::new)).build());
    if (chosen == null) {
      throw Problem.of(406, "not-acceptable", "there is " + types.get(0) + " here");
    }
    return chosen.getMediaType();
  }

  private Response answer(String body, MediaType type, Language language) {
    EntityTag tag = new EntityTag(HexFormat.of().formatHex(Intake.sha256(body), 0, 16));
    Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
    return (unchanged != null ? unchanged : Response.ok(body).type(type))
        .tag(tag)
        .header(HttpHeaders.CONTENT_LANGUAGE, language.tag())
        .header(HttpHeaders.VARY, "Accept, Accept-Language")
        .build();
  }

  private static Map<String, Entry> entries(String kind, Diagnoser diagnoser, Language in) {
    Knowledge k = diagnoser.knowledge();
    Map<String, Entry> found = new LinkedHashMap<>();
    switch (kind) {
      case "causes" -> k.causes().values().forEach(c -> found.put(c.id(), cause(c, in)));
      case "questions" -> k.questions().values().forEach(q -> found.put(q.id(), question(q, in)));
      case "steps" -> k.steps().values().forEach(s -> found.put(s.id(), step(s, in)));
      case "thresholds" ->
          k.symptoms().values().stream()
              .filter(s -> s.threshold() != null && s.sign() == null)
              .forEach(s -> found.put(s.id(), threshold(s, in)));
      case "rules" ->
          diagnoser.rules().entries().values().forEach(r -> found.put(r.name(), rule(r)));
      default ->
          throw Problem.of(
              404, "not-found", "there are causes, questions, steps, thresholds and rules");
    }
    return found;
  }

  private static Entry cause(Cause c, Language in) {
    return new Entry(
        c.id(),
        c.page(in).name(),
        c.family(),
        c.step(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        c.leadsTo(),
        c.page(in).summary(),
        null,
        null);
  }

  private static Entry question(Question q, Language in) {
    return new Entry(
        q.id(),
        null,
        null,
        q.step(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        q.why().in(in),
        q.kind().id(),
        q.cost().id(),
        List.copyOf(q.answers().keySet()),
        null,
        null,
        q.text().in(in),
        Inquiry.of(q, in),
        null);
  }

  private static Entry step(Step s, Language in) {
    return new Entry(
        s.id(),
        s.name().in(in),
        null,
        s.parent(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        s.waitsFor(),
        null,
        s.purpose() == null ? null : s.purpose().in(in),
        null,
        null);
  }

  private static Entry threshold(SymptomType s, Language in) {
    return new Entry(
        s.id(),
        null,
        null,
        null,
        null,
        null,
        s.severity().id(),
        s.threshold().measure(),
        s.threshold().above(),
        s.threshold().below(),
        s.threshold().origin(),
        s.threshold().reason(),
        null,
        null,
        null,
        null,
        null,
        s.text().in(in),
        null,
        null);
  }

  private static Entry rule(RuleBook.Entry r) {
    return new Entry(
        r.name(),
        null,
        null,
        null,
        r.cause(),
        r.cause() == null ? null : r.supports() ? "for" : "against",
        r.level() == null ? null : r.level().id(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
