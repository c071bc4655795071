package org.aitia.dialogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.aitia.Diagnoser;
import org.aitia.evidence.Progress;
import org.aitia.evidence.RunFolder;
import org.aitia.fact.Conclusions;
import org.aitia.knowledge.Question;

/**
 * Measures the dialogue: labelled runs of which only the metric CSV is shown, an {@link Oracle} for
 * a user, and questions in the order of their worth, of the tree, or at random.
 */
public final class Simulation {
  private static final int QUESTIONS = 10;

  private enum Order {
    WORTH,
    TREE,
    RANDOM
  }

  private Simulation() {}

  /**
   * Runs.
   *
   * @param args folder of labelled cases; optionally the share of wrong answers, 0 to 1
   */
  public static void main(String[] args) throws IOException {
    double wrong = args.length > 1 ? Double.parseDouble(args[1]) : 0;
    Diagnoser diagnoser = Diagnoser.builtIn();
    ObjectMapper json = new ObjectMapper();
    List<Path> cases;
    try (Stream<Path> list = Files.list(Path.of(args[0]))) {
      cases = list.filter(p -> Files.exists(p.resolve("truth.json"))).sorted().toList();
    }
    System.out.printf(
        Locale.ROOT,
        "%-8s %6s %6s %6s %6s %6s %6s %10s %8s%n",
        "order",
        "top1@0",
        "top1@5",
        "top1@10",
        "top3@0",
        "top3@10",
        "runs",
        "questions",
        "ms");
    for (Order order : Order.values()) {
      double[] top1 = new double[QUESTIONS + 1];
      double[] top3 = new double[QUESTIONS + 1];
      double needed = 0;
      int runs = 0;
      long nanos = 0;
      long asked = 0;
      for (Path folder : cases) {
        JsonNode truth = json.readTree(folder.resolve("truth.json").toFile());
        Set<String> causes = strings(truth.path("causes"));
        if (causes.contains("healthy")) {
          continue;
        }
        Set<String> right = new HashSet<>(causes);
        right.addAll(strings(truth.path("acceptable")));
        Path shown = folder.resolve("metrics.csv");
        if (!Files.exists(shown)) {
          continue;
        }
        runs++;
        Session session =
            new Session(
                diagnoser,
                diagnoser.examine(
                    RunFolder.read(folder.toString(), shown, Progress.NONE, List.of())));
        Oracle oracle = new Oracle(causes);
        Random random = new Random(folder.getFileName().toString().hashCode());
        int led = -1;
        Session.State state = session.state();
        for (int n = 0; n <= QUESTIONS; n++) {
          int rank = rank(state.conclusions(), right);
          top1[n] += rank == 1 ? 1 : 0;
          top3[n] += rank <= 3 ? 1 : 0;
          if (rank == 1 && led < 0) {
            led = n;
          }
          Question next = n < QUESTIONS ? next(order, diagnoser, session, state, random) : null;
          if (next != null) {
            String answer = oracle.answer(next);
            if (random.nextDouble() < wrong && !answer.equals("unknown")) {
              answer = otherThan(next, answer, random);
            }
            long begin = System.nanoTime();
            state = session.answer(next.id(), answer);
            nanos += System.nanoTime() - begin;
            asked++;
          }
        }
        needed += led < 0 ? QUESTIONS + 1 : led;
      }
      System.out.printf(
          Locale.ROOT,
          "%-8s %6.3f %6.3f %6.3f %6.3f %6.3f %6d %10.2f %8.2f%n",
          order.name().toLowerCase(Locale.ROOT),
          top1[0] / runs,
          top1[5] / runs,
          top1[QUESTIONS] / runs,
          top3[0] / runs,
          top3[QUESTIONS] / runs,
          runs,
          needed / runs,
          nanos / 1e6 / Math.max(1, asked));
    }
  }

  private static Question next(
      Order order, Diagnoser diagnoser, Session session, Session.State state, Random random) {
    if (order == Order.WORTH) {
      return state.next();
    }
    List<Question> open = new ArrayList<>();
    for (Question q : diagnoser.knowledge().questions().values()) {
      boolean pointless =
          q.needsNot().stream().anyMatch(session.examination().evidence()::contains);
      boolean settled =
          session.answers().containsKey(q.id()) || session.known().containsKey(q.id());
      if (!settled && !pointless && !q.answers().isEmpty()) {
        open.add(q);
      }
    }
    if (open.isEmpty()) {
      return null;
    }
    if (order == Order.RANDOM) {
      Collections.shuffle(open, random);
    }
    return open.get(0);
  }

  private static String otherThan(Question question, String answer, Random random) {
    List<String> others = new ArrayList<>(question.answers().keySet());
    others.remove(question.band(answer));
    if (others.isEmpty()) {
      return "unknown";
    }
    String other = others.get(random.nextInt(others.size()));
    if (question.kind() == Question.Kind.NUMBER) {
      Double limit = question.answers().get(other).limit();
      return String.valueOf(other.equals("below") ? limit / 2 : limit * 2);
    }
    return other;
  }

  private static int rank(Conclusions conclusions, Set<String> right) {
    for (int i = 0; i < conclusions.hypotheses().size(); i++) {
      if (right.contains(conclusions.hypotheses().get(i).cause())) {
        return conclusions.hypotheses().get(i).supported() ? i + 1 : 999;
      }
    }
    return 999;
  }

  private static Set<String> strings(JsonNode array) {
    Set<String> found = new HashSet<>();
    array.forEach(n -> found.add(n.asText()));
    return found;
  }
}
