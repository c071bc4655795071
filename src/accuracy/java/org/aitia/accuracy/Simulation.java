package org.aitia.accuracy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.aitia.Diagnoser;
import org.aitia.dialogue.Session;
import org.aitia.knowledge.Question;
import org.aitia.reasoning.fact.Conclusions;
import org.aitia.reasoning.fact.Hypothesis;

/**
 * Measures the dialogue: labelled runs of which only the metrics CSV is shown, an {@link Oracle}
 * for a user, and questions in the order of their worth, of the tree, or at random.
 */
public final class Simulation {
  private static final int QUESTIONS = 10;

  private enum Order {
    WORTH,
    TREE,
    RANDOM
  }

  private final Diagnoser diagnoser;
  private final OracleSheet sheet;
  private final List<LabelledRun> runs;
  private final double wrong;
  private final boolean told;

  private Simulation(
      Diagnoser diagnoser, OracleSheet sheet, List<LabelledRun> runs, double wrong, boolean told) {
    this.diagnoser = diagnoser;
    this.sheet = sheet;
    this.runs = runs;
    this.wrong = wrong;
    this.told = told;
  }

  /**
   * Runs.
   *
   * @param args folder of labelled runs; sheet of the oracle; optionally the share of wrong
   *     answers, 0 to 1; optionally {@code tell}, to print each session in the order of worth alone
   */
  public static void main(String[] args) throws IOException {
    Diagnoser diagnoser = Diagnoser.builtIn();
    OracleSheet sheet = OracleSheet.read(Path.of(args[1]), diagnoser.knowledge());
    List<LabelledRun> runs = LabelledRun.all(Path.of(args[0]), diagnoser);
    double wrong = args.length > 2 ? Double.parseDouble(args[2]) : 0;
    Simulation simulation =
        new Simulation(diagnoser, sheet, runs, wrong, args.length > 3 && args[3].equals("tell"));
    System.out.println(Tally.HEAD);
    for (Order order : simulation.told ? new Order[] {Order.WORTH} : Order.values()) {
      System.out.println(simulation.run(order).line(order.name().toLowerCase(Locale.ROOT)));
    }
  }

  private Tally run(Order order) {
    Tally tally = new Tally(QUESTIONS);
    for (LabelledRun run : runs) {
      converse(run, order, tally);
    }
    return tally;
  }

  private void converse(LabelledRun run, Order order, Tally tally) {
    Session session = new Session(diagnoser, run.shown());
    Oracle oracle = new Oracle(sheet, run);
    Random random = new Random(run.name().hashCode());
    Session.State state = session.state();
    tally.begin(rank(state.conclusions(), run));
    tell("%s %s", run.name(), run.variants());
    for (int n = 1; n <= QUESTIONS; n++) {
      Question next = next(order, session, state, random);
      if (next != null) {
        String answer = perhapsWrong(next, oracle.answer(next), random);
        long begin = System.nanoTime();
        state = session.insist(next.id(), answer);
        tally.answered(System.nanoTime() - begin, !Question.SAYS_NOTHING.contains(answer));
        tell(
            "  %s: %s -> %d %s",
            next.id(),
            answer,
            rank(state.conclusions(), run),
            state.conclusions().hypotheses().get(0).cause());
      }
      tally.stands(n, rank(state.conclusions(), run));
    }
  }

  private void tell(String format, Object... values) {
    if (told) {
      System.out.printf(Locale.ROOT, format + "%n", values);
    }
  }

  private Question next(Order order, Session session, Session.State state, Random random) {
    if (order == Order.WORTH) {
      return state.next();
    }
    List<Question> open = new ArrayList<>();
    for (Question q : diagnoser.knowledge().questions().values()) {
      boolean pointless =
          q.needsNot().stream().anyMatch(session.examination().evidence()::contains);
      boolean settled =
          session.answers().containsKey(q.id()) || session.known().containsKey(q.id());
      if (!settled && !pointless && q.fits(session.answers()) && !q.answers().isEmpty()) {
        open.add(q);
      }
    }
    return open.isEmpty() ? null : open.get(order == Order.TREE ? 0 : random.nextInt(open.size()));
  }

  private String perhapsWrong(Question question, String answer, Random random) {
    if (random.nextDouble() >= wrong || Question.SAYS_NOTHING.contains(answer)) {
      return answer;
    }
    List<String> others = new ArrayList<>(question.answers().keySet());
    others.remove(question.band(answer));
    if (others.isEmpty()) {
      return answer;
    }
    String other = others.get(random.nextInt(others.size()));
    if (question.kind() != Question.Kind.NUMBER) {
      return other;
    }
    double limit = question.answers().get(other).limit();
    return String.valueOf(other.equals("below") ? limit / 2 : limit * 2);
  }

  /**
   * Rank of the first right cause, 1 for the leading one; very large when nothing speaks for it.
   */
  private static int rank(Conclusions conclusions, LabelledRun run) {
    List<Hypothesis> ranked = conclusions.hypotheses();
    for (int i = 0; i < ranked.size(); i++) {
      if (run.right().contains(ranked.get(i).cause()) && ranked.get(i).supported()) {
        return i + 1;
      }
    }
    return Integer.MAX_VALUE;
  }
}
