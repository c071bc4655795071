package org.aitia.service.page;

import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.aitia.service.Digests;
import org.aitia.service.Problem;

/**
 * Styles and scripts of the page. Their address holds a digest of all of them, so a browser keeps
 * what it has for as long as it likes and asks anew after an update.
 */
@Path("/assets")
@ApplicationScoped
public class Assets {
  private static final String OWN = "/report/";
  private static final String CHARTS =
      "/META-INF/resources/webjars/uplot/" + text(OWN + "charts-version") + "/dist/";
  private static final String EXPLORER = "/META-INF/resources/openapi-ui/";
  private static final String CSS = "text/css;charset=UTF-8";
  private static final String SCRIPT = "text/javascript;charset=UTF-8";

  /** Which resources make a file. */
  private static final Map<String, List<String>> PARTS =
      Map.of(
          "page.css", List.of(OWN + "report.css", OWN + "page.css"),
          "page.js", List.of(OWN + "page.js"),
          "live.js", List.of(OWN + "live.js"),
          "charts.js", List.of(CHARTS + "uPlot.iife.min.js", OWN + "charts.js"),
          "explore.js", List.of(EXPLORER + "swagger-ui-bundle.js", OWN + "explore.js"),
          "explore.css", List.of(EXPLORER + "swagger-ui.css"),
          "charts.css", List.of(CHARTS + "uPlot.min.css"),
          "icon.svg", List.of(OWN + "icon.svg"));

  /** A file as it is sent; packed when it is first sent so. */
  private static final class Asset {
    private final String type;
    private final byte[] plain;
    private byte[] packed;

    Asset(String type, byte[] plain) {
      this.type = type;
      this.plain = plain;
    }

    synchronized byte[] packed() {
      if (packed == null) {
        packed = pack(plain);
      }
      return packed;
    }
  }

  private final Map<String, Asset> files = new LinkedHashMap<>();
  private final String folder;

  @Inject RoutingContext routing;

  public Assets() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    PARTS.keySet().stream()
        .sorted()
        .forEach(
            name -> {
              byte[] content = content(PARTS.get(name));
              all.writeBytes(content);
              files.put(name, new Asset(type(name), content));
            });
    byte[] digest = Digests.sha256(all.toString(StandardCharsets.ISO_8859_1));
    folder = "/assets/" + HexFormat.of().formatHex(digest, 0, 8) + "/";
  }

  private static String type(String name) {
    return name.endsWith(".css") ? CSS : name.endsWith(".svg") ? "image/svg+xml" : SCRIPT;
  }

  private static byte[] content(List<String> resources) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (String resource : resources) {
      whole.writeBytes(bytes(resource));
      whole.write('\n');
    }
    return whole.toByteArray();
  }

  /** A short text that ships with the service, without blanks around. */
  static String text(String resource) {
    return new String(bytes(resource), StandardCharsets.UTF_8).strip();
  }

  static byte[] bytes(String resource) {
    try (InputStream in = Assets.class.getResourceAsStream(resource)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] pack(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Where they are. */
  String folder() {
    return folder;
  }

  @GET
  @Path("{version}/{name}")
  public Response file(@PathParam("version") String version, @PathParam("name") String name) {
    Asset asset = files.get(name);
    if (asset == null) {
      throw Problem.none("file", name);
    }
    boolean packed = Sheets.packs(routing);
    // Of another version it is not what was asked for: good enough, but not to be kept.
    boolean same = folder.equals("/assets/" + version + "/");
    Response.ResponseBuilder response =
        Response.ok(packed ? asset.packed() : asset.plain)
            .type(asset.type)
            .header("Cache-Control", same ? "public, max-age=31536000, immutable" : "no-cache")
            .header("Vary", "Accept-Encoding");
    return (packed ? response.header("Content-Encoding", "gzip") : response).build();
  }
}
