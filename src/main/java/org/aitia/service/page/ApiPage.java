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
    return yaml("/META-INF/openapi.yaml");
  }

  /** The contract of the messages of a Kafka. */
  @GET
  @Path("messages")
  public Response messages() {
    return yaml("/META-INF/asyncapi.yaml");
  }

  private Response yaml(String file) {
    byte[] body = Assets.bytes(file);
    boolean packed = Sheets.packs(routing);
    Response.ResponseBuilder response =
        Response.ok(packed ? Assets.pack(body) : body)
            .type("application/yaml")
            .header("Vary", "Accept-Encoding")
            .header("Cache-Control", "private, no-cache");
    return (packed ? response.header("Content-Encoding", "gzip") : response).build();
  }
}
