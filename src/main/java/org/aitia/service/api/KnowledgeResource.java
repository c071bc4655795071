package org.aitia.service.api;

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
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.aitia.Diagnoser;
import org.aitia.knowledge.Language;
import org.aitia.report.DiagnosisJson;
import org.aitia.report.Words;
import org.aitia.report.page.Pages;
import org.aitia.service.Digests;
import org.aitia.service.Problem;
import org.aitia.service.work.Live;

/** The knowledge base, as it stands: lists, and the page of each entry. */
@Path("/api/v1/knowledge")
@Blocking
public final class KnowledgeResource {
  private static final MediaType MARKDOWN = new MediaType("text", "markdown", "UTF-8");

  @Inject Live live;
  @Context Request request;

  @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE)
  String languages;

  /** A list, with the version of the knowledge that it is of. */
  private record Listing(String knowledge, List<Object> items) {}

  /** An entry with its page as Markdown. */
  private record Page(@JsonUnwrapped Object entry, String page) {}

  @GET
  @Path("{kind}")
  public Response list(@PathParam("kind") String kind) {
    Diagnoser diagnoser = live.diagnoser();
    choose(List.of(MediaType.APPLICATION_JSON_TYPE));
    Language language = Negotiation.language(languages);
    Map<String, Object> entries = entries(diagnoser, language).of(kind);
    return answer(
        DiagnosisJson.lines()
            .write(new Listing(diagnoser.knowledge().version(), List.copyOf(entries.values()))),
        MediaType.APPLICATION_JSON_TYPE,
        language);
  }

  @GET
  @Path("{kind}/{id}")
  public Response one(@PathParam("kind") String kind, @PathParam("id") String id) {
    Diagnoser diagnoser = live.diagnoser();
    MediaType type = choose(List.of(MediaType.APPLICATION_JSON_TYPE, MARKDOWN));
    Language language = Negotiation.language(languages);
    Object entry = entries(diagnoser, language).of(kind).get(id);
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
        type.isCompatible(MARKDOWN) ? page : DiagnosisJson.lines().write(new Page(entry, page)),
        type,
        language);
  }

  private static Entries entries(Diagnoser diagnoser, Language in) {
    return new Entries(diagnoser.knowledge(), diagnoser.rules(), in);
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
    EntityTag tag = new EntityTag(HexFormat.of().formatHex(Digests.sha256(body), 0, 16));
    Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
    return (unchanged != null ? unchanged : Response.ok(body).type(type))
        .tag(tag)
        .header(HttpHeaders.CONTENT_LANGUAGE, language.tag())
        .header(HttpHeaders.VARY, "Accept, Accept-Language")
        .build();
  }
}
