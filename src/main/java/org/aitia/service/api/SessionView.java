package org.aitia.service.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.List;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.diagnosis.Known;
import org.aitia.dialogue.Movement;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Verdict;
import org.aitia.service.store.StoredSession;
import org.aitia.service.work.Visit;

/**
 * A session as it is shown, {@code session-state/1}.
 *
 * @param version counts the changes; its ETag begins with it
 * @param committed false when it shows a trial
 * @param expires when it is deleted unless it is used before; null for never
 * @param decided whether no open question could change the first action any more
 * @param next the question worth most; null when none is worth asking
 * @param change what was changed last and what came of it; null when nothing was
 */
@JsonPropertyOrder({"schema", "id", "version", "committed"})
public record SessionView(
    String id,
    long version,
    boolean committed,
    String created,
    String expires,
    String language,
    String source,
    List<StoredSession.Attached> runs,
    boolean decided,
    Asked next,
    Change change,
    List<Answered> answers,
    List<FromFiles> known,
    List<String> notes,
    Diagnosis diagnosis) {

  /** Version of the format. */
  @JsonProperty("schema")
  public String schema() {
    return "session-state/1";
  }

  /**
   * An answer that stands.
   *
   * @param text of the question
   * @param label the answer as people read it
   */
  public record Answered(String question, String text, String answer, String label) {}

  /**
   * An answer that the files hold: it is not asked, and an answer to it overrules it.
   *
   * @param source where it was read; null where it follows from several files
   */
  public record FromFiles(
      String question, String text, String answer, String label, String source, boolean overruled) {
    static FromFiles of(Known known, Visit visit, Language in) {
      Answered said = answered(known.question(), known.value(), visit.diagnoser().knowledge(), in);
      return new FromFiles(
          said.question(),
          said.text(),
          said.answer(),
          said.label(),
          known.source() == null ? null : known.source().toString(),
          visit.session().overruled().containsKey(known.question()));
    }
  }

  /**
   * What was changed and what came of it.
   *
   * @param question whose answer was changed; null when a run was attached
   * @param before the answer before; null when there was none
   * @param after the answer now; null when it was withdrawn
   * @param rose causes that became more likely, the most moved first
   * @param fell causes that became less likely
   */
  public record Change(
      String question,
      String before,
      String after,
      Verdicts verdict,
      List<Moved> rose,
      List<Moved> fell) {}

  public record Verdicts(Verdict before, Verdict after) {}

  /** A cause with its probabilities. */
  public record Moved(String id, String name, double before, double after) {}

  /** A line of the list. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Item(
      String id,
      long version,
      String created,
      String expires,
      String source,
      int runs,
      int answers,
      Verdict verdict,
      Suspect cause,
      String href) {
    static Item of(StoredSession entry, Instant expires, Knowledge knowledge, Language in) {
      StoredSession.Brief brief = entry.brief();
      return new Item(
          entry.id(),
          entry.version(),
          entry.created().toString(),
          expires == null ? null : expires.toString(),
          entry.content().source(),
          entry.content().run(),
          entry.content().answers().size(),
          brief.verdict(),
          knowledge.causes().containsKey(brief.cause())
              ? Suspect.of(brief.cause(), brief.probability(), knowledge, in)
              : null,
          "/api/v1/sessions/" + entry.id());
    }
  }

  /** Shows a session. */
  public static SessionView of(Visit visit, Instant expires, Language in) {
    Knowledge knowledge = visit.diagnoser().knowledge();
    StoredSession entry = visit.entry();
    StoredSession.Content content = entry.content();
    return new SessionView(
        entry.id(),
        entry.version(),
        visit.committed(),
        entry.created().toString(),
        expires == null ? null : expires.toString(),
        in.tag(),
        content.source(),
        content.runs(),
        visit.state().decided(),
        visit.state().next() == null
            ? null
            : Asked.of(visit.state().next(), visit.state().conclusions(), knowledge, in),
        change(visit, in),
        content.answers().entrySet().stream()
            .map(a -> answered(a.getKey(), a.getValue(), knowledge, in))
            .toList(),
        visit.session().known().values().stream().map(k -> FromFiles.of(k, visit, in)).toList(),
        content.notes(),
        visit.diagnosis(in));
  }

  /** The questions still worth asking, the one worth most first. */
  public static List<Asked> open(Visit visit, Language in) {
    Knowledge knowledge = visit.diagnoser().knowledge();
    return visit.session().open().stream()
        .map(q -> Asked.of(q, visit.state().conclusions(), knowledge, in))
        .toList();
  }

  private static Answered answered(String id, String answer, Knowledge knowledge, Language in) {
    var question = knowledge.questions().get(id);
    return question == null
        ? new Answered(id, id, answer, answer)
        : new Answered(id, question.text().in(in), answer, knowledge.answer(question, answer, in));
  }

  private static Change change(Visit visit, Language in) {
    Movement difference = visit.difference();
    if (difference == null) {
      return null;
    }
    StoredSession.Content content = visit.entry().content();
    String question = content.last().question();
    return new Change(
        question,
        content.last().was(),
        question == null ? null : content.answers().get(question),
        new Verdicts(difference.was(), difference.is()),
        moved(difference.rose(), visit.diagnoser().knowledge(), in),
        moved(difference.fell(), visit.diagnoser().knowledge(), in));
  }

  private static List<Moved> moved(List<Movement.Moved> causes, Knowledge knowledge, Language in) {
    return causes.stream()
        .map(
            m ->
                new Moved(
                    m.cause(),
                    knowledge.cause(m.cause()).page(in).name(),
                    Suspect.round(m.before()),
                    Suspect.round(m.after())))
        .toList();
  }
}
