package org.aitia.service.page;

import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/** The contract of the API, to read and to try. */
@Path("/openapi")
@Blocking
public final class ApiPage {
  @Inject Sheets sheets;
  @Inject RoutingContext routing;

  @GET
  public Response page() {
    return sheets.page(routing, 200, "openapi.html", Map.of());
  }

  /** The contract itself, for who has signed in: {@code /q/openapi} wants a token. */
  @GET
  @Path("document")
  public Response document() {
    byte[] body = Assets.bytes("/META-INF/openapi.yaml");
    boolean packed = Sheets.packs(routing);
    Response.ResponseBuilder response =
        Response.ok(packed ? Assets.pack(body) : body)
            .type("application/yaml")
            .header("Vary", "Accept-Encoding")
            .header("Cache-Control", "private, no-cache");
    return (packed ? response.header("Content-Encoding", "gzip") : response).build();
  }
}
