package org.aitia.dialogue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.aitia.Diagnoser;
import org.aitia.diagnosis.Account;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.diagnosis.Known;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Question;
import org.aitia.reasoning.fact.Conclusions;
import org.aitia.reasoning.fact.Hypothesis;

/**
 * A conversation about one run. Each state is drawn anew from the evidence and the answers that
 * stand, so a withdrawn answer leaves no trace and the same answers always give the same diagnosis.
 * Not thread-safe.
 */
public final class Session {
  /**
   * How things stand.
   *
   * @param next the question to ask; null when none is worth it
   * @param decided whether no open question could change the first action any more
   * @param moved causes whose probability the last change moved, with its value before
   */
  public record State(
      Conclusions conclusions, Question next, boolean decided, Map<String, Double> moved) {}

  private final Diagnoser diagnoser;
  private final Diagnoser.Examination examination;
  private final Knowledge knowledge;
  private final NextQuestion chooser;
  private final Map<String, String> answers = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();
  private final List<Transcript.Round> earlier = new ArrayList<>();

  /** Drawn when first asked for after a change. */
  private State current;

  private Map<String, Double> before = Map.of();

  /** A session about a run, with the answers that came with it. */
  public Session(Diagnoser diagnoser, Diagnoser.Examination examination) {
    this(diagnoser, examination, examination.run().report().answers());
  }

  private Session(
      Diagnoser diagnoser, Diagnoser.Examination examination, Map<String, String> answers) {
    this.diagnoser = diagnoser;
    this.examination = examination;
    this.knowledge = diagnoser.knowledge();
    this.chooser = new NextQuestion(knowledge);
    this.answers.putAll(answers);
  }

  /**
   * Goes on with a session that was kept.
   *
   * @param kept the answers that stood, in the order in which they were given
   */
  public static Session resume(
      Diagnoser diagnoser, Diagnoser.Examination examination, Map<String, String> kept) {
    return new Session(diagnoser, examination, kept);
  }

  /**
   * Goes on with a session that was saved. Answers to questions that this program does not know are
   * kept and say nothing.
   */
  public static Session resume(
      Diagnoser diagnoser, Diagnoser.Examination examination, Transcript saved) {
    Session session = new Session(diagnoser, examination, saved.answers());
    session.notes.addAll(saved.notes());
    session.earlier.addAll(saved.earlier());
    return session;
  }

  /** The answers that stand, in the order in which they were given. */
  public Map<String, String> answers() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(answers));
  }

  /** Ids of the answered questions, in the order in which they were answered. */
  public List<String> history() {
    return List.copyOf(answers.keySet());
  }

  public Diagnoser.Examination examination() {
    return examination;
  }

  /** What the files answer themselves, by question: not asked, but {@link #answer} overrules it. */
  public Map<String, Known> known() {
    return examination.known();
  }

  /** Of what the files answer, that which an answer overrules. */
  public Map<String, Known> overruled() {
    Map<String, Known> found = new LinkedHashMap<>(examination.known());
    found.keySet().removeIf(q -> answers.getOrDefault(q, Question.SKIP).equals(Question.SKIP));
    return found;
  }

  /** How things stand now. */
  public State state() {
    if (current == null) {
      current = state(answers, before);
    }
    return current;
  }

  /**
   * Answers a question, changes an earlier answer, or overrules what the files say.
   *
   * @param value a key of the question's answers, a number, a text, or one of {@link
   *     Question#SAYS_NOTHING}
   * @throws IllegalArgumentException when there is no such question or the value is no answer to it
   * @throws Implausible when a number can hardly be meant; see {@link #insist}
   */
  public State answer(String question, String value) {
    return put(question, Answers.plausible(question(question), value));
  }

  /** The same, with a number that is meant though it is implausible. */
  public State insist(String question, String value) {
    return put(question, Answers.accepted(question(question), value));
  }

  private State put(String question, String value) {
    before = probabilities(state().conclusions());
    // What was put off is answered now, and not when it was put off.
    answers.remove(question, Question.SKIP);
    answers.put(question, value);
    current = null;
    return state();
  }

  /** Withdraws an answer, and with it all that followed from it; others stay. */
  public State withdraw(String question) {
    if (!answers.containsKey(question)) {
      throw new IllegalArgumentException("'" + question + "' was not answered");
    }
    before = probabilities(state().conclusions());
    answers.remove(question);
    current = null;
    return state();
  }

  /** How things would stand after an answer, without giving it. */
  public State whatIf(String question, String value) {
    Map<String, String> tried = new LinkedHashMap<>(answers);
    tried.put(question, Answers.plausible(question(question), value));
    return state(tried, probabilities(state().conclusions()));
  }

  /** Questions still worth asking, the one worth most first; those put off come last. */
  public List<Question> open() {
    return chooser.open(state().conclusions(), answers, settled(answers), examination.evidence());
  }

  /** The diagnosis as things stand. */
  public Diagnosis diagnosis(Language language) {
    return examination.write(state().conclusions(), answers, language);
  }

  /**
   * How the probability of a cause came about.
   *
   * @throws IllegalArgumentException when there is no such cause
   */
  public Account account(String cause, Language language) {
    return examination.account(state().conclusions(), answers, cause, language);
  }

  /** Keeps a free text with the session; it is not interpreted. */
  public void note(String text) {
    notes.add(text);
  }

  /** The notes, those that came with the run first. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  /** The rounds before the last repairs, oldest first. */
  public List<Transcript.Round> earlier() {
    return List.copyOf(earlier);
  }

  /** What was answered to a question about the run before the last repair. */
  public Optional<String> answeredBefore(String question) {
    return earlier.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(earlier.get(earlier.size() - 1).answers().get(question));
  }

  /** Goes on with the first run, after a beginning without one: all that was answered stands. */
  public Session with(Diagnoser.Examination first) {
    Session session = new Session(diagnoser, first, onto(first, answers));
    session.notes.addAll(notes);
    return session;
  }

  /**
   * Goes on with the run after a repair. What holds of the task stays answered; what was found out
   * about the old run has to be found out again.
   */
  public Session after(Diagnoser.Examination next) {
    Map<String, String> kept = new LinkedHashMap<>();
    answers.forEach(
        (id, value) -> {
          Question question = knowledge.questions().get(id);
          if (question != null && NextQuestion.holdsOfTheTask(question)) {
            kept.put(id, value);
          }
        });
    Session session = new Session(diagnoser, next, onto(next, kept));
    session.notes.addAll(notes);
    session.earlier.addAll(earlier);
    session.earlier.add(new Transcript.Round(examination.run().source(), answers));
    return session;
  }

  /** Answers as they hold of another run: what the user did not know its files may tell. */
  private static Map<String, String> onto(Diagnoser.Examination next, Map<String, String> answers) {
    Map<String, String> kept = new LinkedHashMap<>(answers);
    kept.keySet()
        .removeIf(q -> Question.UNKNOWN.equals(answers.get(q)) && next.known().containsKey(q));
    kept.putAll(next.run().report().answers());
    return kept;
  }

  /** All that is needed to go on later, beside the run itself. */
  public Transcript transcript(String source, Language language) {
    Map<String, Transcript.Found> found = new LinkedHashMap<>();
    Set<String> overruled = overruled().keySet();
    known()
        .forEach(
            (id, k) ->
                found.put(
                    id,
                    new Transcript.Found(
                        k.value(),
                        k.source() == null ? null : k.source().toString(),
                        overruled.contains(id))));
    return new Transcript(
        Transcript.SCHEMA,
        source,
        language.tag(),
        answers,
        notes,
        examination.fingerprint(),
        found,
        earlier);
  }

  private State state(Map<String, String> given, Map<String, Double> earlierOn) {
    Conclusions conclusions = examination.conclude(given);
    Set<String> evidence = examination.evidence();
    List<Question> open = chooser.open(conclusions, given, settled(given), evidence);
    Question next = chooser.choose(conclusions, given, open).orElse(null);
    boolean decided = next == null || !chooser.couldChange(conclusions, open);
    Map<String, Double> moved = new LinkedHashMap<>();
    double least = knowledge.weights().limit("worth-telling");
    for (Hypothesis h : conclusions.hypotheses()) {
      Double was = earlierOn.get(h.cause());
      if (was != null && Math.abs(was - h.probability()) >= least) {
        moved.put(h.cause(), was);
      }
    }
    return new State(conclusions, next, decided, moved);
  }

  private Map<String, String> settled(Map<String, String> given) {
    return Known.settled(examination.known(), given);
  }

  private static Map<String, Double> probabilities(Conclusions conclusions) {
    Map<String, Double> found = new LinkedHashMap<>();
    conclusions.hypotheses().forEach(h -> found.put(h.cause(), h.probability()));
    return found;
  }

  private Question question(String id) {
    Question found = knowledge.questions().get(id);
    if (found == null) {
      throw new IllegalArgumentException(
          "there is no question '" + id + "'; see 'aitia list questions'");
    }
    return found;
  }
}
