package org.aitia.service.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import org.aitia.report.DiagnosisJson;
import org.aitia.service.Ids;
import org.aitia.service.Labels;
import org.aitia.service.Problem;
import org.aitia.service.guard.Guard;
import org.aitia.service.hook.Hooks;
import org.aitia.service.key.Right;
import org.aitia.service.store.HookStore;
import org.aitia.service.store.Webhook;

/** Webhooks: set up, looked at, taken down. */
@Path("/api/v1/webhooks")
@Blocking
public final class WebhooksResource {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private static final int MOST = 20;
  private static final int SHOWN = 20;
  private static final int SECRET = 32;
  private static final int MIN_SECRET = 16;
  private static final int MAX_SECRET = 200;
  private static final SecureRandom RANDOM = new SecureRandom();

  @Inject HookStore store;
  @Inject Hooks hooks;
  @Inject RoutingContext routing;
  @Context UriInfo uri;

  /** What is asked for. */
  record Wanted(String url, String secret, String verdict, String label) {}

  /**
   * A webhook.
   *
   * @param secret told once, when it is set up
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Item(
      String id,
      String created,
      String url,
      String secret,
      String verdict,
      String label,
      List<Told> deliveries) {
    static Item of(Webhook hook, String secret, List<Told> deliveries) {
      return new Item(
          hook.id(),
          hook.created().toString(),
          hook.url(),
          secret,
          hook.verdict(),
          hook.label(),
          deliveries);
    }
  }

  /** What was told, or is to be. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Told(String id, String created, String state, int attempts, String due, String detail) {
    static Told of(Webhook.Delivery d) {
      String due = d.state().equals("waiting") ? d.due().toString() : null;
      return new Told(d.id(), d.created().toString(), d.state(), d.attempts(), due, d.detail());
    }
  }

  /** All of them. */
  record Listing(List<Item> items) {}

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response add() throws Exception {
    Guard.caller(routing).needs(Right.ADMIN);
    Wanted wanted = wanted(Guard.caller(routing).read(InputStream::readAllBytes));
    if (wanted.url() == null) {
      throw Problem.field(422, "invalid-webhook", "url", "is needed");
    }
    hooks.check(wanted.url());
    if (wanted.verdict() != null && !wanted.verdict().matches("faulty|healthy|undecided")) {
      throw Problem.field(
          422, "invalid-webhook", "verdict", "is one of faulty, healthy, undecided");
    }
    String label = wanted.label() == null ? null : Labels.Wanted.of(wanted.label()).toString();
    if (store.all().size() >= MOST) {
      throw Problem.of(422, "too-many-webhooks", "there may be " + MOST + " webhooks at most");
    }
    Webhook hook =
        new Webhook(
            Ids.next(),
            Instant.now().truncatedTo(ChronoUnit.MICROS),
            wanted.url(),
            secret(wanted.secret()),
            wanted.verdict(),
            label);
    store.put(hook);
    return Response.fromResponse(answer(Item.of(hook, hook.secret(), null)))
        .status(Response.Status.CREATED)
        .location(UriBuilder.fromUri(uri.getBaseUri()).path("api/v1/webhooks/" + hook.id()).build())
        .build();
  }

  private static Wanted wanted(byte[] body) throws java.io.IOException {
    try {
      return JSON.readValue(body, Wanted.class);
    } catch (com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException e) {
      throw Problem.field(422, "invalid-webhook", e.getPropertyName(), "no such field");
    } catch (JsonProcessingException e) {
      throw Problem.of(400, "malformed-body", "the body is not as a webhook is described");
    }
  }

  private static String secret(String given) {
    if (given == null) {
      byte[] bytes = new byte[SECRET];
      RANDOM.nextBytes(bytes);
      return HexFormat.of().formatHex(bytes);
    }
    if (given.length() < MIN_SECRET || given.length() > MAX_SECRET) {
      throw Problem.field(
          422,
          "invalid-webhook",
          "secret",
          "has " + MIN_SECRET + " to " + MAX_SECRET + " characters; without one it is drawn");
    }
    return given;
  }

  @GET
  public Response list() throws SQLException {
    Guard.caller(routing).needs(Right.ADMIN);
    return answer(new Listing(store.all().stream().map(h -> Item.of(h, null, null)).toList()));
  }

  @GET
  @Path("{id}")
  public Response one(@PathParam("id") String id) throws SQLException {
    Guard.caller(routing).needs(Right.ADMIN);
    Webhook hook = store.find(id).orElseThrow(() -> Problem.none("webhook", id));
    List<Told> told = store.deliveries(id, SHOWN).stream().map(Told::of).toList();
    return answer(Item.of(hook, null, told));
  }

  @DELETE
  @Path("{id}")
  public Response delete(@PathParam("id") String id) throws SQLException {
    Guard.caller(routing).needs(Right.ADMIN);
    if (!store.delete(id)) {
      throw Problem.none("webhook", id);
    }
    return Response.noContent().build();
  }

  private static Response answer(Object body) {
    return Response.ok(DiagnosisJson.lines().write(body))
        .type(MediaType.APPLICATION_JSON_TYPE)
        .header("Cache-Control", "no-store")
        .build();
  }
}
