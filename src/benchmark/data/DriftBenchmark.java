import java.util.Arrays;
import java.util.SplittableRandom;
import org.aitia.observation.data.Drift;

/**
 * Time of the drift statistics of two samples, sorting included.
 *
 * <p>usage: java -cp 'target/classes:target/lib/*' src/benchmark/data/DriftBenchmark.java [ROWS]
 * [COLUMNS]
 */
final class DriftBenchmark {
  public static void main(String[] arguments) {
    int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
    int columns = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 50;
    SplittableRandom random = new SplittableRandom(1);
    double[] time = new double[5];
    double sum = 0;
    for (int j = 0; j < columns; j++) {
      double[] a = random.doubles(rows).map(u -> u * u).toArray();
      double[] b = random.doubles(rows).map(u -> u * u + 0.01).toArray();
      long t0 = System.nanoTime();
      Arrays.sort(a);
      Arrays.sort(b);
      long t1 = System.nanoTime();
      sum += Drift.ks(a, b);
      long t2 = System.nanoTime();
      sum += Drift.wasserstein(a, b);
      long t3 = System.nanoTime();
      sum += Drift.psi(a, b);
      long t4 = System.nanoTime();
      sum += Drift.jensenShannon(a, b);
      long t5 = System.nanoTime();
      long[] at = {t0, t1, t2, t3, t4, t5};
      for (int k = 0; k < time.length; k++) {
        time[k] += (at[k + 1] - at[k]) / 1e9;
      }
    }
    System.out.printf(
        "2 x %,d rows x %d columns: sorting %.2f s, Kolmogorov-Smirnov %.2f s, Wasserstein %.2f s,"
            + " PSI %.2f s, Jensen-Shannon %.2f s; all %.2f s (sum %.6f)%n",
        rows, columns, time[0], time[1], time[2], time[3], time[4], Arrays.stream(time).sum(), sum);
  }
}
