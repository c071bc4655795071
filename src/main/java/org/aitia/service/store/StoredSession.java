package org.aitia.service.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aitia.dialogue.Transcript;
import org.aitia.knowledge.Verdict;
import org.aitia.reasoning.fact.Conclusions;

/**
 * A session as it is kept.
 *
 * @param version counts its changes, from 1
 * @param brief the last conclusion in short
 */
public record StoredSession(
    String id, Instant created, Instant used, long version, Content content, Brief brief) {
  /** The next version. */
  public StoredSession changed(Content to, Brief concluded, Instant now) {
    return new StoredSession(id, created, now, version + 1, to, concluded);
  }

  /**
   * What a session is.
   *
   * @param source by which the diagnosis calls it while there is no run
   * @param answers in the order in which they were given
   * @param last the change made last; null when there was none
   */
  public record Content(
      String source,
      List<Attached> runs,
      Map<String, String> answers,
      List<String> notes,
      Last last) {
    /** Number of the run that is examined, from 1; 0 when there is none. */
    public int run() {
      return runs.size();
    }

    /** For the session that goes on from here. */
    public Transcript transcript() {
      List<Transcript.Round> rounds =
          runs.stream()
              .filter(r -> r.answers() != null)
              .map(r -> new Transcript.Round(r.source(), r.answers()))
              .toList();
      return new Transcript(Transcript.SCHEMA, source, null, answers, notes, null, null, rounds);
    }

    /** With a question answered, answered otherwise or not any more. */
    public Content answered(String question, Map<String, String> all) {
      return new Content(source, runs, all, notes, new Last(question, answers.get(question)));
    }

    public Content noted(List<String> written) {
      return new Content(source, runs, answers, written, last);
    }

    /**
     * With a further run.
     *
     * @param standing the answers that go on to stand
     */
    public Content with(Attached run, Map<String, String> standing) {
      List<Attached> all = new ArrayList<>(runs);
      if (!runs.isEmpty()) {
        all.set(runs.size() - 1, runs.get(runs.size() - 1).left(answers));
      }
      all.add(run);
      return new Content(run.source(), all, standing, notes, new Last(null, null));
    }

    /** As it was before the last change, as far as conclusions go. */
    public Content earlier() {
      if (last.question() == null) {
        List<Attached> before = runs.subList(0, runs.size() - 1);
        Map<String, String> then =
            before.isEmpty() ? answers : before.get(before.size() - 1).answers();
        return new Content(source, before, then, notes, null);
      }
      Map<String, String> then = new LinkedHashMap<>(answers);
      then.remove(last.question());
      if (last.was() != null) {
        then.put(last.question(), last.was());
      }
      return new Content(source, runs, then, notes, null);
    }
  }

  /**
   * A run: its files are kept beside the session.
   *
   * @param attached when, as ISO 8601 writes it
   * @param answers that stood when the next run came; null while there is none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Attached(String kind, String source, String attached, Map<String, String> answers) {
    private Attached left(Map<String, String> standing) {
      return new Attached(kind, source, attached, standing);
    }
  }

  /**
   * The change made last.
   *
   * @param question whose answer was changed; null when a run was attached
   * @param was the answer before; null when there was none
   */
  public record Last(String question, String was) {}

  /**
   * The conclusion in short.
   *
   * @param cause the first suspect; null without one, then its probability is null too
   */
  public record Brief(Verdict verdict, String cause, Double probability) {
    public static Brief of(Conclusions conclusions) {
      Verdict verdict = conclusions.verdict();
      return conclusions.hypotheses().stream()
          .filter(h -> h.supported() && verdict != Verdict.HEALTHY)
          .findFirst()
          .map(h -> new Brief(verdict, h.cause(), h.probability()))
          .orElseGet(() -> new Brief(verdict, null, null));
    }
  }
}
