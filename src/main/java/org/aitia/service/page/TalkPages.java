package org.aitia.service.page;

import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aitia.knowledge.Language;
import org.aitia.report.document.SessionReport;
import org.aitia.service.Problem;
import org.aitia.service.guard.Caller;
import org.aitia.service.guard.Guard;
import org.aitia.service.intake.Bodies;
import org.aitia.service.intake.Intake;
import org.aitia.service.work.Consultation;
import org.aitia.service.work.Others;

/** Sessions of questions and answers as pages. Whoever has the address may look and answer. */
@Path("sessions")
@Blocking
public final class TalkPages {
  private static final String FOLDER = "/sessions/";

  private static final int CHANGED = 412;

  /** Characters of an answer that fit into an address. */
  private static final int MAX_LATE = 400;

  /** In place of the digest in a tag: a page is told by its version alone. */
  private static final String ANY = "-0000000000000000";

  @Inject Sheets sheets;
  @Inject Consultation consultation;
  @Inject Others others;
  @Inject Intake intake;
  @Inject RoutingContext routing;

  /** Begins with what was sent for a diagnosis, or with nothing. */
  @POST
  public Response begin() throws Exception {
    Caller caller = Guard.caller(routing);
    String diagnosis = Fields.of(caller).get("diagnosis");
    boolean empty = diagnosis.isEmpty();
    Consultation.Origin origin =
        new Consultation.Origin(
            empty ? null : "diagnosis", () -> empty ? null : others.evidence(diagnosis), null);
    return to(consultation.begin(caller, origin, visit -> ""), "");
  }

  private static Response to(Consultation.Reply reply, String more) {
    return Sheets.to(FOLDER + reply.entry().id() + more);
  }

  /**
   * The session as it stands.
   *
   * @param ask question to show instead of the one worth most
   * @param question whose answer is tried
   * @param tried the answer that is tried and not given
   * @param doubt a number that is far outside what is usual
   * @param how cause whose probability is accounted for
   * @param late an answer that came after somebody else's, and is not given
   */
  @GET
  @Path("{id: [0-9a-f-]+}")
  public Response show(
      @PathParam("id") String id,
      @QueryParam("ask") String ask,
      @QueryParam("question") String question,
      @QueryParam("try") String tried,
      @QueryParam("doubt") String doubt,
      @QueryParam("how") String how,
      @QueryParam("late") String late)
      throws Exception {
    Language language = Sheets.language(routing);
    Talk.Wish wish = new Talk.Wish(question != null ? question : ask, how, tried, doubt);
    List<Talk> shown = new ArrayList<>();
    Consultation.Writing writing =
        visit -> {
          shown.add(Talk.of(visit, wish, language));
          return "";
        };
    Caller caller = Guard.caller(routing);
    consultation.show(caller, id, writing);
    Talk talk = shown.get(0);
    if (tried != null && !tried.isBlank() && talk.question() != null) {
      List<Talk> trial = new ArrayList<>();
      consultation.tryOut(
          caller,
          id,
          talk.question().id(),
          Bodies.text("answer", tried),
          visit -> {
            trial.add(Talk.of(visit, wish, language));
            return "";
          });
      talk = talk.trying(trial.get(0));
    }
    return sheets.page(
        routing,
        200,
        "talk.html",
        Map.of("talk", talk, "page", talk.view(), "late", late == null ? "" : late));
  }

  @GET
  @Path("{id: [0-9a-f-]+}.md")
  public Response export(@PathParam("id") String id) throws Exception {
    Language language = Sheets.language(routing);
    Consultation.Writing writing =
        visit ->
            new SessionReport(visit.diagnoser().knowledge()).markdown(visit.session(), language);
    return Response.ok(consultation.show(Guard.caller(routing), id, writing).body())
        .type("text/markdown;charset=UTF-8")
        .header("Content-Disposition", "inline; filename=\"session-" + id + ".md\"")
        .header("Cache-Control", "private, no-cache")
        .build();
  }

  @POST
  @Path("{id: [0-9a-f-]+}/answers")
  public Response answer(@PathParam("id") String id) throws Exception {
    Fields form = Fields.of(Guard.caller(routing));
    String question = form.get("question");
    String answer = form.get("besides").isEmpty() ? form.get("answer") : form.get("besides");
    if (answer.isEmpty()) {
      return Sheets.to(FOLDER + id + "?ask=" + encode(question));
    }
    try {
      return to(
          consultation.answer(
              wish(id, form),
              question,
              Bodies.text("answer", answer),
              !form.get("insist").isEmpty(),
              visit -> ""),
          "");
    } catch (Problem problem) {
      if (problem.kind().equals("implausible-answer")) {
        return Sheets.to(FOLDER + id + "?ask=" + encode(question) + "&doubt=" + encode(answer));
      }
      if (problem.status() == CHANGED && answer.length() < MAX_LATE) {
        return Sheets.to(FOLDER + id + "?ask=" + encode(question) + "&late=" + encode(answer));
      }
      throw problem;
    }
  }

  @POST
  @Path("{id: [0-9a-f-]+}/withdraw")
  public Response withdraw(@PathParam("id") String id) throws Exception {
    Fields form = Fields.of(Guard.caller(routing));
    return to(consultation.withdraw(wish(id, form), form.get("question"), visit -> ""), "");
  }

  /** Writes the notes anew: those that are there and not taken out, and one more. */
  @POST
  @Path("{id: [0-9a-f-]+}/notes")
  public Response note(@PathParam("id") String id) throws Exception {
    Fields form = Fields.of(Guard.caller(routing));
    List<String> notes = new ArrayList<>(form.all("kept"));
    String out = form.get("out");
    if (out.matches("\\d{1,3}") && Integer.parseInt(out) < notes.size()) {
      notes.remove(Integer.parseInt(out));
    }
    if (!form.get("note").isEmpty()) {
      notes.add(Bodies.text("note", form.get("note")));
    }
    try {
      return to(consultation.note(wish(id, form), notes, visit -> ""), "#notes");
    } catch (Problem problem) {
      if (problem.status() != CHANGED || form.get("note").isEmpty()) {
        throw problem;
      }
      return to(added(id, Bodies.text("note", form.get("note"))), "#notes");
    }
  }

  /** A note harms no answer that came meanwhile: it is added to the notes as they are by now. */
  private Consultation.Reply added(String id, String note) throws Exception {
    Caller caller = Guard.caller(routing);
    List<String> notes = new ArrayList<>();
    Consultation.Reply now =
        consultation.show(
            caller,
            id,
            visit -> {
              notes.addAll(visit.entry().content().notes());
              return "";
            });
    notes.add(note);
    String version = tag(String.valueOf(now.entry().version()));
    return consultation.note(new Consultation.Wish(caller, id, version), notes, visit -> "");
  }

  /** The run after a repair. */
  @POST
  @Path("{id: [0-9a-f-]+}/runs")
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  public Response attach(
      @PathParam("id") String id,
      @QueryParam("version") String version,
      @HeaderParam(HttpHeaders.CONTENT_TYPE) String type)
      throws Exception {
    Caller caller = Guard.caller(routing);
    Consultation.Wish wish = new Consultation.Wish(caller, id, tag(version));
    return to(
        consultation.attach(wish, () -> caller.read(b -> intake.page(b, type)), visit -> ""), "");
  }

  private Consultation.Wish wish(String id, Fields form) {
    return new Consultation.Wish(Guard.caller(routing), id, tag(form.get("version")));
  }

  private static String tag(String version) {
    return "\"" + version + ANY + "\"";
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
