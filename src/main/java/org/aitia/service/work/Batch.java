package org.aitia.service.work;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.aitia.evidence.RunFinder;
import org.aitia.service.Digests;
import org.aitia.service.Problem;
import org.aitia.service.Settings;
import org.aitia.service.guard.Admission;
import org.aitia.service.guard.Caller;
import org.aitia.service.guard.Problems;
import org.aitia.service.intake.Intake;
import org.aitia.service.intake.Upload;
import org.aitia.service.store.Store;

/** Many runs in one body: each folder that holds one is diagnosed by itself, one after another. */
@ApplicationScoped
public class Batch {
  @Inject Settings settings;
  @Inject Admission admission;
  @Inject Clinic clinic;
  @Inject Intake intake;
  @Inject Live live;

  /**
   * What became of a run.
   *
   * @param source its folder
   * @param entry null when it failed
   * @param problem null when it was diagnosed
   */
  public record Result(String source, Store.Entry entry, Problem problem) {}

  /**
   * Diagnoses all runs of a body.
   *
   * @param order what is wanted of each; its key is that of the whole
   * @throws Problem when the body cannot be taken in, or holds no run at all, or too many
   */
  public List<Result> diagnose(Caller caller, Clinic.Order order, Clinic.Reception reception)
      throws Exception {
    try (Admission.Ticket ticket = admission.enter(caller);
        Upload all = ticket.work(reception::receive)) {
      List<Path> runs = ticket.work(() -> runs(all));
      List<Result> results = new ArrayList<>();
      for (Path run : runs) {
        String source = all.folder().relativize(run).toString().replace('\\', '/');
        results.add(one(ticket, of(order, all, source), run, source));
      }
      return results;
    }
  }

  private List<Path> runs(Upload all) throws IOException {
    List<Path> runs = RunFinder.below(all.folder(), live.diagnoser().vocabulary());
    if (runs.isEmpty()) {
      throw Problem.of(
          422, "nothing-readable", "no folder of the zip holds a run: each run has one of its own");
    }
    int most = settings.upload().maxRuns();
    if (runs.size() > most) {
      throw Problem.of(413, "too-many-runs", "a batch may hold " + most + " runs at most");
    }
    return runs;
  }

  /** Each run has a key of its own, so that a batch that broke off may be sent again. */
  private static Clinic.Order of(Clinic.Order order, Upload all, String source) {
    String key =
        order.key() == null
            ? null
            : HexFormat.of().formatHex(Digests.sha256(order.key() + "\n" + source));
    return new Clinic.Order(key, order.named(), order.labelled(all));
  }

  private Result one(Admission.Ticket ticket, Clinic.Order order, Path run, String source) {
    try {
      return new Result(
          source, clinic.diagnose(ticket, order, () -> intake.folder(run, source)).entry(), null);
    } catch (Problem problem) {
      return new Result(source, null, problem);
    } catch (Exception e) {
      return new Result(source, null, Problems.of(e));
    }
  }
}
