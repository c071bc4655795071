package org.aitia.service.api;

import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.aitia.service.Problem;
import org.aitia.service.guard.Guard;
import org.aitia.service.guard.Problems;

/** Answers to requests that a resource, or the framework before it, does not take. */
final class Refusals {
  private Refusals() {}

  static Response response(Problem problem, RoutingContext context) {
    Response.ResponseBuilder response = Response.status(problem.status());
    String page = Guard.page(problem, context);
    if (page == null) {
      response
          .type(Problem.TYPE)
          .header(HttpHeaders.CONTENT_LANGUAGE, "en")
          .entity(problem.json(Guard.request(context)));
    } else {
      response.type("text/html;charset=UTF-8").entity(page);
    }
    if (problem.retryAfter() > 0) {
      response.header(HttpHeaders.RETRY_AFTER, problem.retryAfter());
    }
    if (!context.request().isEnded()) {
      // The rest of the body is not read, so the connection cannot serve another request.
      response.header("Connection", "close");
    }
    return response.build();
  }

  /** The service's own refusals. */
  @Provider
  public static final class Refused implements ExceptionMapper<Problem> {
    @Inject RoutingContext context;

    @Override
    public Response toResponse(Problem problem) {
      return response(problem, context);
    }
  }

  /** Refusals of the framework: no such path, method or media type. */
  @Provider
  public static final class Unmatched implements ExceptionMapper<WebApplicationException> {
    @Inject RoutingContext context;

    @Override
    public Response toResponse(WebApplicationException e) {
      Response response = response(of(e.getResponse().getStatus(), context), context);
      String allowed = e.getResponse().getHeaderString(HttpHeaders.ALLOW);
      return allowed == null
          ? response
          : Response.fromResponse(response).header(HttpHeaders.ALLOW, allowed).build();
    }
  }

  private static Problem of(int status, RoutingContext context) {
    return status == Response.Status.NOT_ACCEPTABLE.getStatusCode()
        ? Negotiation.notAcceptable()
        : Problems.plain(status, context);
  }

  /** Faults of the service itself. */
  @Provider
  public static final class Unexpected implements ExceptionMapper<Throwable> {
    @Inject RoutingContext context;

    @Override
    public Response toResponse(Throwable e) {
      return response(Problems.of(e), context);
    }
  }
}
