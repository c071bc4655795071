package org.aitia.service.api;

import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import org.aitia.service.guard.Admission;
import org.aitia.service.guard.Caller;
import org.aitia.service.guard.Ground;
import org.aitia.service.guard.Guard;

/** The Model Context Protocol over HTTP: a message a request, without sessions or streams. */
@Path(Ground.AGENTS)
@Blocking
public final class AgentResource {
  @Inject AgentDesk desk;
  @Inject Admission admission;
  @Inject RoutingContext routing;

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response message() throws Exception {
    Caller caller = Guard.caller(routing);
    String message = caller.read(in -> new String(in.readAllBytes(), StandardCharsets.UTF_8));
    try (Admission.Ticket ticket = admission.enter(caller)) {
      String answer = ticket.work(() -> desk.endpoint().answer(message));
      return answer == null
          ? Response.accepted().build()
          : Response.ok(answer, MediaType.APPLICATION_JSON_TYPE)
              .header(HttpHeaders.CACHE_CONTROL, "no-store")
              .build();
    }
  }
}
