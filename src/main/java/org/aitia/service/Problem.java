package org.aitia.service;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.aitia.report.DiagnosisJson;

/** A refusal, as RFC 9457 writes it. */
public final class Problem extends RuntimeException {
  public static final String TYPE = "application/problem+json";
  private static final long serialVersionUID = 1;
  private static final DiagnosisJson JSON = DiagnosisJson.lines();

  /**
   * One fault.
   *
   * @param field path of the field, such as {@code config.batchsize}; null when it is no field
   * @param file name of the file; null when it is no file
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @JsonPropertyOrder({"field", "file", "detail"})
  public record Fault(String field, String file, String detail) {}

  /** The body. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @JsonPropertyOrder({"type", "title", "status", "detail", "instance", "errors"})
  record Body(
      String type, String title, int status, String detail, String instance, List<Fault> errors) {}

  private final int status;
  private final String kind;
  private final transient List<Fault> faults;
  private final int retryAfter;

  private Problem(int status, String kind, String detail, List<Fault> faults, int retryAfter) {
    super(detail, null, false, false);
    this.status = status;
    this.kind = kind;
    this.faults = faults;
    this.retryAfter = retryAfter;
  }

  /**
   * A problem.
   *
   * @param kind last part of the problem's type, kebab-case
   */
  public static Problem of(int status, String kind, String detail, Fault... faults) {
    return new Problem(status, kind, detail, faults.length == 0 ? null : List.of(faults), 0);
  }

  public static Problem of(int status, String kind, String detail, List<Fault> faults) {
    return new Problem(status, kind, detail, faults.isEmpty() ? null : faults, 0);
  }

  /**
   * Try again later.
   *
   * @param seconds when, from now
   */
  public static Problem later(int status, String kind, String detail, int seconds) {
    return new Problem(status, kind, detail, null, seconds);
  }

  public static Problem field(int status, String kind, String field, String detail) {
    return of(status, kind, field + ": " + detail, new Fault(field, null, detail));
  }

  public static Problem file(int status, String kind, String file, String detail) {
    return of(status, kind, file + ": " + detail, new Fault(null, file, detail));
  }

  /**
   * A body beyond its limit.
   *
   * @param limit in bytes, packed or unpacked
   */
  public static Problem tooLarge(long limit) {
    return of(413, "content-too-large", "a body may have or unpack to " + limit + " bytes at most");
  }

  /** There is no such thing. */
  public static Problem none(String what, String id) {
    String shown = id.length() > 60 ? id.substring(0, 60) + "..." : id;
    return of(404, "not-found", "there is no " + what + " " + shown);
  }

  public int status() {
    return status;
  }

  public String kind() {
    return kind;
  }

  /** What is wrong where; empty when the detail says all. */
  public List<Fault> faults() {
    return faults == null ? List.of() : faults;
  }

  /** Seconds after which to try again; 0 when that does not help. */
  public int retryAfter() {
    return retryAfter;
  }

  /**
   * The body as JSON.
   *
   * @param request id of the request, by which the log knows it
   */
  public String json(String request) {
    return JSON.write(
        new Body(
            "urn:aitia:problem:" + kind,
            title(kind),
            status,
            getMessage(),
            request == null ? null : "urn:request:" + request,
            faults));
  }

  private static String title(String kind) {
    String words = kind.replace('-', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
