package org.aitia.service.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Verdict;
import org.aitia.report.DiagnosisJson;
import org.aitia.service.Labels;
import org.aitia.service.Problem;
import org.aitia.service.store.Store;
import org.aitia.service.work.Live;

/** The diagnoses that there are. */
@Path("/api/v1/diagnoses")
@Blocking
public final class DiagnosisListing {
  @Inject Store store;
  @Inject Live live;
  @Context UriInfo uri;
  @Context Request request;

  @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE)
  String languages;

  /** A line of the list. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Item(
      String id,
      String created,
      String kind,
      String source,
      Verdict verdict,
      String summary,
      String knowledge,
      List<Suspect> causes,
      String by,
      Map<String, String> labels,
      String href) {}

  /**
   * A page of the list.
   *
   * @param next cursor of the next page; null on the last
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Page(List<Item> items, String next) {}

  @GET
  public Response list(
      @QueryParam("limit") String limit,
      @QueryParam("cursor") String cursor,
      @QueryParam("verdict") String verdict,
      @QueryParam("cause") String cause,
      @QueryParam("since") String since,
      @QueryParam("until") String until,
      @QueryParam("label") List<String> label)
      throws SQLException {
    Negotiation.format(request, Negotiation.Format.JSON);
    if (cause != null && !live.diagnoser().knowledge().causes().containsKey(cause)) {
      throw Problem.field(400, "bad-request", "cause", "there is no such cause");
    }
    int size = Paging.size(limit);
    List<Store.Entry> found =
        store.list(
            new Store.Filter(
                Paging.before(cursor),
                verdict(verdict),
                cause,
                Times.of("since", since),
                Times.of("until", until),
                label.stream().map(Labels.Wanted::of).toList()),
            size + 1);
    boolean more = found.size() > size;
    List<Store.Entry> shown = more ? found.subList(0, size) : found;
    Language language = Negotiation.language(languages);
    String next = more ? Paging.cursor(shown.get(size - 1).id()) : null;
    Response.ResponseBuilder response =
        Response.ok(
                DiagnosisJson.lines()
                    .write(new Page(shown.stream().map(e -> item(e, language)).toList(), next)))
            .type(MediaType.APPLICATION_JSON_TYPE)
            .header(HttpHeaders.CONTENT_LANGUAGE, language.tag())
            .header(HttpHeaders.VARY, "Accept-Language");
    if (next != null) {
      response.link(uri.getRequestUriBuilder().replaceQueryParam("cursor", next).build(), "next");
    }
    return response.build();
  }

  private static Verdict verdict(String id) {
    try {
      return id == null ? null : Verdict.of(id);
    } catch (IllegalArgumentException e) {
      throw Problem.field(400, "bad-request", "verdict", "is one of faulty, healthy, undecided");
    }
  }

  private static Item item(Store.Entry entry, Language language) {
    Diagnosis d = entry.in(language);
    return new Item(
        entry.id(),
        entry.created().toString(),
        entry.kind(),
        d.source(),
        d.verdict(),
        d.summary(),
        d.knowledge(),
        d.causes().stream().map(c -> new Suspect(c.id(), c.name(), c.probability())).toList(),
        entry.mark().by(),
        entry.mark().labels(),
        "/api/v1/diagnoses/" + entry.id());
  }
}
