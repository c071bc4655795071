package org.aitia.service.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Verdict;
import org.aitia.report.DiagnosisJson;
import org.aitia.service.Labels;
import org.aitia.service.Problem;
import org.aitia.service.guard.Caller;
import org.aitia.service.guard.Guard;
import org.aitia.service.work.Batch;
import org.aitia.service.work.Clinic;
import org.aitia.service.work.Others;

/** A zip of many runs: a diagnosis for each folder that holds one. */
@Path("/api/v1/diagnoses/batch")
@Blocking
public final class BatchResource {
  @Inject Batch batch;
  @Inject org.aitia.service.intake.Intake intake;
  @Inject RoutingContext routing;
  @Context Request request;

  /**
   * What became of a run.
   *
   * @param status 201, or that of its problem
   * @param type of its problem
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Item(
      String source,
      int status,
      String id,
      Verdict verdict,
      String summary,
      String href,
      String type,
      String detail,
      List<Problem.Fault> errors) {}

  /** All of them, in the order of their folders. */
  record Answer(int made, int failed, List<Item> items) {}

  @POST
  @Consumes({"application/zip", MediaType.MULTIPART_FORM_DATA})
  public Response diagnose(
      @HeaderParam(HttpHeaders.CONTENT_TYPE) String type,
      @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) String languages,
      @HeaderParam("Idempotency-Key") String key,
      @HeaderParam("Aitia-Labels") String labels,
      @QueryParam("label") List<String> label)
      throws Exception {
    Negotiation.format(request, Negotiation.Format.JSON);
    DiagnosesResource.checkKey(key);
    Clinic.Order order = new Clinic.Order(key, Others.Named.NONE, Labels.given(labels, label));
    Caller caller = Guard.caller(routing);
    Language language = Negotiation.language(languages);
    List<Item> items =
        batch.diagnose(caller, order, () -> caller.read(body -> intake.batch(body, type))).stream()
            .map(r -> item(r, language))
            .toList();
    int made = (int) items.stream().filter(i -> i.id() != null).count();
    return Response.ok(DiagnosisJson.lines().write(new Answer(made, items.size() - made, items)))
        .type(MediaType.APPLICATION_JSON_TYPE)
        .header(HttpHeaders.CONTENT_LANGUAGE, language.tag())
        .build();
  }

  private static Item item(Batch.Result result, Language language) {
    if (result.entry() == null) {
      Problem p = result.problem();
      return new Item(
          result.source(),
          p.status(),
          null,
          null,
          null,
          null,
          "urn:aitia:problem:" + p.kind(),
          p.getMessage(),
          p.faults().isEmpty() ? null : p.faults());
    }
    Diagnosis d = result.entry().in(language);
    String id = result.entry().id();
    return new Item(
        result.source(),
        201,
        id,
        d.verdict(),
        d.summary(),
        "/api/v1/diagnoses/" + id,
        null,
        null,
        null);
  }
}
