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
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.report.DiagnosisJson;
import org.aitia.service.store.Expiry;
import org.aitia.service.store.StoredSession;
import org.aitia.service.work.Consultation;
import org.aitia.service.work.Live;

/** The sessions that there are. */
@Path("/api/v1/sessions")
@Blocking
public final class SessionListing {
  @Inject Consultation consultation;
  @Inject Live live;
  @Inject Expiry expiry;
  @Context UriInfo uri;
  @Context Request request;

  @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE)
  String languages;

  /**
   * A page of the list.
   *
   * @param next cursor of the next page; null on the last
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Page(List<SessionView.Item> items, String next) {}

  @GET
  public Response list(@QueryParam("limit") String limit, @QueryParam("cursor") String cursor)
      throws SQLException {
    Negotiation.format(request, Negotiation.Format.JSON);
    int size = Paging.size(limit);
    List<StoredSession> found = consultation.list(Paging.before(cursor), size + 1);
    boolean more = found.size() > size;
    List<StoredSession> shown = more ? found.subList(0, size) : found;
    Knowledge knowledge = live.diagnoser().knowledge();
    Language language = Negotiation.language(languages);
    String next = more ? Paging.cursor(shown.get(size - 1).id()) : null;
    Response.ResponseBuilder response =
        Response.ok(
                DiagnosisJson.lines()
                    .write(
                        new Page(
                            shown.stream()
                                .map(e -> SessionView.Item.of(e, expiry.of(e), knowledge, language))
                                .toList(),
                            next)))
            .type(MediaType.APPLICATION_JSON_TYPE)
            .header(HttpHeaders.CONTENT_LANGUAGE, language.tag())
            .header(HttpHeaders.VARY, "Accept-Language");
    if (next != null) {
      response.link(uri.getRequestUriBuilder().replaceQueryParam("cursor", next).build(), "next");
    }
    return response.build();
  }
}
