package org.aitia.service.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.aitia.diagnosis.Account;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Question;
import org.aitia.report.Words;
import org.aitia.report.document.DiagnosisView;
import org.aitia.service.api.Asked;
import org.aitia.service.api.SessionView;
import org.aitia.service.work.Visit;

/**
 * A session as its page shows it.
 *
 * @param question the one that is shown; null when none is worth asking
 * @param given the answer to it that stands; empty for none
 * @param open the others that may be answered, the one worth most first
 * @param account how the probability of a cause came about; null when nobody asks
 * @param trial how things would stand after an answer; null without one
 * @param doubt a number far outside what is usual, that may be meant; empty for none
 */
public record Talk(
    SessionView session,
    DiagnosisView view,
    Asked question,
    String given,
    List<Asked> open,
    List<Part> account,
    String accounted,
    Talk trial,
    String tried,
    String doubt) {
  /** Parts that matter less are left out. */
  private static final double SHOWN = 0.05;

  /** What is asked for besides the session; null for what is not. */
  record Wish(String question, String how, String tried, String doubt) {}

  /** A summand of a probability, in log-odds. */
  public record Part(String weight, String text, List<String> places) {}

  static Talk of(Visit visit, Wish wish, Language language) {
    SessionView session = SessionView.of(visit, null, language);
    var knowledge = visit.diagnoser().knowledge();
    DiagnosisView view = new DiagnosisView(knowledge, session.diagnosis());
    Question chosen = wish.question == null ? null : knowledge.questions().get(wish.question);
    Asked asked =
        chosen == null
            ? session.next()
            : Asked.of(chosen, visit.state().conclusions(), knowledge, language);
    String id = asked == null ? "" : asked.id();
    boolean accounts = wish.how != null && knowledge.causes().containsKey(wish.how);
    return new Talk(
        session,
        view,
        asked,
        visit.session().answers().getOrDefault(id, ""),
        SessionView.open(visit, language).stream().filter(q -> !q.id().equals(id)).toList(),
        accounts ? parts(visit.session().account(wish.how, language), view) : List.of(),
        accounts ? view.words().cause(wish.how) : "",
        null,
        wish.tried == null ? "" : wish.tried,
        wish.doubt == null ? "" : wish.doubt);
  }

  Talk trying(Talk other) {
    return new Talk(session, view, question, given, open, account, accounted, other, tried, doubt);
  }

  private static List<Part> parts(Account account, DiagnosisView view) {
    List<Part> found = new ArrayList<>();
    Words words = view.words();
    String prior = String.format(Locale.ROOT, "%.1f", 100 * account.priorProbability());
    found.add(part(account.prior(), words.say("ask-prior", prior)));
    for (Diagnosis.Evidence e : account.cause().supports()) {
      found.add(new Part(signed(e.weight()), e.text(), view.excerpt().places(e.observations())));
    }
    for (Diagnosis.Evidence e : account.cause().opposes()) {
      found.add(new Part(signed(-e.weight()), e.text(), view.excerpt().places(e.observations())));
    }
    if (!account.roots().isEmpty()) {
      found.add(
          part(-account.explained(), words.say("ask-explained", words.causes(account.roots()))));
    }
    if (account.shared() >= SHOWN) {
      found.add(part(account.shared(), words.say("ask-shared")));
    }
    String percent = Words.percent(account.cause().probability());
    found.add(part(account.sum(), words.say("ask-sum", percent)));
    return found;
  }

  private static Part part(double weight, String text) {
    return new Part(signed(weight), text, List.of());
  }

  private static String signed(double weight) {
    return String.format(Locale.ROOT, "%+.1f", weight).replace('-', '−');
  }

  /** The address of its page. */
  public String address() {
    return "/sessions/" + session.id();
  }

  /** The ranking, with what the last change did. */
  public List<Diagnosis.Cause> ranking() {
    return session.diagnosis().causes();
  }

  /** What a cause was before the last change; null where it did not move. */
  public Double was(String cause) {
    SessionView.Change change = session.change();
    if (change == null) {
      return null;
    }
    List<SessionView.Moved> moved = new ArrayList<>(change.rose());
    moved.addAll(change.fell());
    return moved.stream()
        .filter(m -> m.id().equals(cause))
        .map(SessionView.Moved::before)
        .findFirst()
        .orElse(null);
  }

  /** The label of the answer that is tried. */
  public String triedLabel() {
    return question.choices().stream()
        .filter(c -> c.value().equals(tried))
        .map(Asked.Choice::label)
        .findFirst()
        .orElse(tried);
  }

  /** What an answer means; empty where the label says it. */
  public String means(String answer) {
    return question.inquiry().outcomes().stream()
        .filter(o -> o.value().equals(answer) && o.means() != null)
        .map(o -> o.means())
        .findFirst()
        .orElse("");
  }

  /** The code to run for the question. */
  public List<Details.Snippet> code() {
    return question.inquiry().snippets().entrySet().stream()
        .map(e -> new Details.Snippet(e.getKey().title(), e.getValue()))
        .toList();
  }

  /** The range that a number plausibly lies in, in words; empty for none. */
  public String range() {
    Question.Range range = question.inquiry().range();
    return range == null ? "" : Words.number(range.min()) + " – " + Words.number(range.max());
  }

  /** The last answer, to be taken back; empty for none. */
  public String last() {
    List<SessionView.Answered> answers = session.answers();
    return answers.isEmpty() ? "" : answers.get(answers.size() - 1).question();
  }
}
