package org.aitia.service.work;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;
import org.aitia.Diagnoser;
import org.aitia.knowledge.Language;
import org.aitia.run.Companions;
import org.aitia.run.Run;
import org.aitia.service.Digests;
import org.aitia.service.Ids;
import org.aitia.service.Problem;
import org.aitia.service.intake.Intake;
import org.aitia.service.intake.Upload;
import org.aitia.service.store.Store;

/** Runs of stored diagnoses, for a new run to be held against. */
@ApplicationScoped
public class Others {
  @Inject Intake intake;
  @Inject Store store;

  /**
   * What was sent for a diagnosis.
   *
   * @throws Problem when there is no such diagnosis, or what was sent for it is not kept
   */
  public Upload evidence(String diagnosis) throws IOException {
    try {
      Store.Entry kept =
          (Ids.valid(diagnosis) ? store.find(diagnosis) : Optional.<Store.Entry>empty())
              .orElseThrow(
                  () ->
                      Problem.field(
                          422, "no-such-diagnosis", "diagnosis", "there is no such diagnosis"));
      byte[] files =
          store
              .evidence(diagnosis)
              .orElseThrow(
                  () ->
                      Problem.field(
                          422,
                          "evidence-not-kept",
                          "diagnosis",
                          "what was sent for it is not kept: send it again as the body"));
      return intake.kept(files, kept.kind(), kept.in(Language.EN).source());
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  /**
   * Which stored diagnoses are meant.
   *
   * @param reference id; null without one
   * @param previous id; null without one
   */
  public record Named(String reference, String previous) {
    public static final Named NONE = new Named(null, null);

    /** The fingerprint of a request that names them: with others it is another request. */
    String of(String fingerprint) {
      return reference == null && previous == null
          ? fingerprint
          : HexFormat.of()
              .formatHex(Digests.sha256(fingerprint + " " + reference + " " + previous));
    }
  }

  /**
   * What was sent for a stored diagnosis.
   *
   * @param zip its files
   */
  private record Stored(Store.Entry entry, byte[] zip) {}

  /** Evidence found, not yet read. */
  static final class Found {
    private final Intake intake;
    private final Stored reference;
    private final Stored previous;

    private Found(Intake intake, Stored reference, Stored previous) {
      this.intake = intake;
      this.reference = reference;
      this.previous = previous;
    }

    /** Reads the runs. */
    Companions read(Diagnoser diagnoser) throws IOException {
      return new Companions(read(reference, diagnoser), read(previous, diagnoser));
    }

    private Run read(Stored stored, Diagnoser diagnoser) throws IOException {
      if (stored == null) {
        return null;
      }
      String source = stored.entry().in(Language.EN).source();
      try (Upload upload = intake.kept(stored.zip(), stored.entry().kind(), source)) {
        return RunReading.of(upload, diagnoser);
      }
    }
  }

  /**
   * Looks up the evidence.
   *
   * @throws Problem when there is no such diagnosis, or what was sent for it is not kept
   */
  Found find(Named named) throws SQLException {
    return new Found(
        intake, stored("reference", named.reference()), stored("previous", named.previous()));
  }

  private Stored stored(String field, String id) throws SQLException {
    if (id == null) {
      return null;
    }
    Optional<Store.Entry> entry = Ids.valid(id) ? store.find(id) : Optional.empty();
    if (entry.isEmpty()) {
      throw Problem.field(
          422, "no-such-diagnosis", field, "there is no stored diagnosis with this id");
    }
    return new Stored(
        entry.get(),
        store
            .evidence(id)
            .orElseThrow(
                () ->
                    Problem.field(
                        422,
                        "evidence-not-kept",
                        field,
                        "what was sent for this diagnosis is not kept; send its run again and"
                            + " name the new diagnosis, or let the service keep evidence"
                            + " (aitia.keep.evidence)")));
  }
}
