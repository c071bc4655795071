package org.aitia.service.page;

import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aitia.report.DiagnosisJson;
import org.aitia.service.Problem;
import org.aitia.service.guard.Caller;
import org.aitia.service.guard.Guard;
import org.aitia.service.intake.Intake;
import org.aitia.service.work.Clinic;
import org.aitia.service.work.Others;

/** What a person knows of a run without its files, as a form. */
@Path("report")
@Blocking
public final class ReportPages {
  /** The complaints with which the tree is entered, as the form names them. */
  static final List<String> COMPLAINTS =
      List.of("loss-not-finite", "loss-falls-slowly", "gap-counts", "test-far-below-validation");

  static final List<String> SPLITS = List.of("train", "validation", "test");

  private static final List<String> METRICS =
      List.of("accuracy", "f1", "auc", "r2", "mae", "rmse", "perplexity", "miou");

  @Inject Sheets sheets;
  @Inject Clinic clinic;
  @Inject Intake intake;
  @Inject RoutingContext routing;

  @GET
  public Response form() {
    return sheets.page(
        routing,
        200,
        "report.html",
        Map.of("complaints", COMPLAINTS, "splits", SPLITS, "metrics", METRICS));
  }

  @POST
  public Response sent() throws Exception {
    Caller caller = Guard.caller(routing);
    Fields form = Fields.of(caller);
    byte[] body = DiagnosisJson.lines().write(report(form)).getBytes(StandardCharsets.UTF_8);
    String source = form.get("source").isEmpty() ? null : form.get("source");
    Intake.checkSource(source);
    Clinic.Outcome outcome =
        clinic.diagnose(
            caller,
            null,
            Others.Named.NONE,
            () -> intake.report(new ByteArrayInputStream(body), source));
    return Sheets.to("/diagnoses/" + outcome.entry().id());
  }

  /** The form as a symptom report; what was left empty is not in it. */
  static Map<String, Object> report(Fields form) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("schema", "symptom-report/1");
    put(report, "task", text(form, "task"));
    put(report, "classes", number(form, "classes"));
    String metric = form.get("metric").isEmpty() ? "accuracy" : form.get("metric");
    Double target = number(form, "target");
    if (target != null) {
      report.put("target", Map.of("metric", metric, "value", target));
    }
    put(report, "results", results(form, metric));
    put(report, "symptoms", symptoms(form));
    put(report, "config", config(form));
    put(report, "notes", text(form, "notes"));
    return report;
  }

  private static Map<String, Object> results(Fields form, String metric) {
    Map<String, Object> results = new LinkedHashMap<>();
    for (String split : SPLITS) {
      Map<String, Object> of = new LinkedHashMap<>();
      put(of, metric, number(form, split + "-metric"));
      put(of, "loss", number(form, split + "-loss"));
      put(results, split, of);
    }
    return results;
  }

  private static List<Object> symptoms(Fields form) {
    List<Object> symptoms = new ArrayList<>();
    for (String id : form.all("symptom")) {
      Double since = id.equals("loss-not-finite") ? number(form, "since") : null;
      symptoms.add(since == null ? id : Map.of("id", id, "since", since));
    }
    return symptoms;
  }

  private static Map<String, Object> config(Fields form) {
    Map<String, Object> config = new LinkedHashMap<>();
    Map<String, Object> optimizer = new LinkedHashMap<>();
    put(optimizer, "name", text(form, "optimizer"));
    put(optimizer, "learning_rate", number(form, "learning-rate"));
    put(config, "optimizer", optimizer);
    put(config, "loss", text(form, "loss"));
    put(config, "batch_size", number(form, "batch-size"));
    put(config, "epochs", number(form, "epochs"));
    return config;
  }

  private static void put(Map<String, Object> into, String name, Object value) {
    boolean empty =
        value == null
            || value instanceof Map<?, ?> map && map.isEmpty()
            || value instanceof List<?> list && list.isEmpty();
    if (!empty) {
      into.put(name, value);
    }
  }

  private static String text(Fields form, String name) {
    return form.get(name).isEmpty() ? null : form.get(name);
  }

  private static Double number(Fields form, String name) {
    String given = form.get(name);
    if (given.isEmpty()) {
      return null;
    }
    try {
      double value = Double.parseDouble(given.replace(',', '.'));
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw Problem.field(422, "invalid-symptom-report", name, "is no number");
  }
}
