package org.aitia.service.page;

import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.aitia.service.guard.Ground;
import org.aitia.service.guard.Guard;
import org.aitia.service.key.Key;
import org.aitia.service.key.Keyring;
import org.aitia.service.key.Right;
import org.aitia.service.key.Seal;

/** What a browser is told to keep: language, theme, and that its user has the token. */
@Path("/")
@Blocking
public final class Preferences {
  private static final int YEAR = (int) Duration.ofDays(365).toSeconds();

  @Inject Sheets sheets;
  @Inject Keyring keys;
  @Inject RoutingContext routing;

  @POST
  @Path("preferences")
  public Response choose() throws IOException {
    Fields form = Fields.of(Guard.caller(routing));
    Response to = Sheets.to(form.path("to"));
    for (String name : new String[] {"language", "theme"}) {
      String value = form.get(name);
      if (value.matches("en|zh|light|dark|auto")) {
        to =
            Response.fromResponse(to)
                .cookie(cookie("aitia-" + name, value, value.equals("auto") ? 0 : YEAR))
                .build();
      }
    }
    return to;
  }

  /** The form for the token. */
  @GET
  @Path(Ground.SIGN_IN)
  public Response form(@QueryParam("to") String to) {
    return form(to, false);
  }

  private Response form(String to, boolean wrong) {
    return sheets.page(
        routing,
        wrong ? 403 : 200,
        "sign-in.html",
        Map.of("to", to == null ? "/" : to, "wrong", wrong));
  }

  @POST
  @Path(Ground.SIGN_IN)
  public Response signIn() throws IOException {
    Fields form = Fields.of(Guard.caller(routing));
    Optional<Key> key = keys.of(form.get("token")).filter(k -> k.may(Right.READ));
    if (key.isEmpty()) {
      return form(form.path("to"), true);
    }
    return Response.fromResponse(Sheets.to(form.path("to")))
        .cookie(cookie(Seal.NAME, Seal.of(key.get(), Instant.now()), (int) Seal.LASTS.toSeconds()))
        .build();
  }

  @POST
  @Path("sign-out")
  public Response signOut() {
    return Response.fromResponse(Sheets.to(Ground.SIGN_IN))
        .cookie(cookie(Seal.NAME, "", 0))
        .build();
  }

  private NewCookie cookie(String name, String value, int seconds) {
    return new NewCookie.Builder(name)
        .value(value)
        .path("/")
        .maxAge(seconds)
        .httpOnly(true)
        .secure(routing.request().isSSL())
        .sameSite(NewCookie.SameSite.STRICT)
        .build();
  }
}
