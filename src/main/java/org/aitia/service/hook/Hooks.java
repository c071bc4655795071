package org.aitia.service.hook;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import org.aitia.service.Problem;
import org.aitia.service.Settings;

/** Where webhooks may lead. */
@ApplicationScoped
public class Hooks {
  private static final int LONGEST = 2_000;

  @Inject Settings settings;

  /**
   * Holds an address to what may be called.
   *
   * @throws Problem when it is no address, or one that is somebody's own
   */
  public void check(String url) {
    URI uri;
    try {
      uri = URI.create(url);
    } catch (IllegalArgumentException e) {
      throw wrong("is no address");
    }
    boolean web =
        "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
    if (!web || uri.getHost() == null || uri.getUserInfo() != null || url.length() > LONGEST) {
      throw wrong("is an address such as https://ml.example.org/hooks, without a user");
    }
    boolean literal = uri.getHost().matches("[0-9.]+|\\[.*]") || uri.getHost().equals("localhost");
    if (literal) {
      try {
        address(uri);
      } catch (UnknownHostException e) {
        throw Problem.field(
            422,
            "forbidden-address",
            "url",
            "private addresses are called only if the service allows it"
                + " (AITIA_WEBHOOKS_ALLOW)");
      }
    }
  }

  private static Problem wrong(String detail) {
    return Problem.field(422, "invalid-webhook", "url", detail);
  }

  /**
   * The address to connect to: looked up and judged here, and nobody looks it up again.
   *
   * @throws UnknownHostException when there is none, or it may not be called
   */
  InetAddress address(URI uri) throws UnknownHostException {
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    return settings.webhooks().allow().orElse(List.of()).contains(host)
        ? InetAddress.getByName(host)
        : Addresses.open(host);
  }
}
