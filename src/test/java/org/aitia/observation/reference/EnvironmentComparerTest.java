package org.aitia.observation.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.aitia.observation.Observing;
import org.aitia.observation.measure.Contrast;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observation;
import org.aitia.run.Run;
import org.aitia.run.RunBuilder;
import org.aitia.run.value.Source;
import org.junit.jupiter.api.Test;

class EnvironmentComparerTest {
  private static final Source LIST = new Source("freeze.txt", "1");

  private static RunBuilder with(String torch) {
    RunBuilder run = new RunBuilder("run");
    run.environment().installed("torch", torch, LIST);
    return run;
  }

  private static List<Observation> compared(RunBuilder here, RunBuilder there) {
    Notebook notes = Observing.notebook();
    Run run = here.build();
    new EnvironmentComparer().compare(run, there.build(), new Contrast(notes));
    return notes.observations();
  }

  @Test
  void anotherReleaseIsADifference() {
    Observation found = compared(with("2.1.0+cu118"), with("1.13.1")).get(0);
    assertThat(found.measure().id()).isEqualTo("reference-packages");
    assertThat(found.value()).isEqualTo(1);
    assertThat(found.detail()).isEqualTo("torch 2.1.0+cu118 ≠ 1.13.1");
    assertThat(found.source()).isEqualTo(LIST);
  }

  @Test
  void anotherPatchOrBuildIsNone() {
    assertThat(compared(with("2.1.0+cu118"), with("2.1.2")))
        .singleElement()
        .extracting(Observation::value)
        .isEqualTo(0.0);
  }

  @Test
  void whatOneSideDoesNotListSaysNothing() {
    assertThat(compared(with("2.1.0"), new RunBuilder("other"))).isEmpty();
  }

  @Test
  void variablesOfPlacesAndSessionsDoNotCount() {
    RunBuilder here = new RunBuilder("here");
    RunBuilder there = new RunBuilder("there");
    for (String name : List.of("HOME", "SLURM_JOB_ID", "SSH_CLIENT", "LD_LIBRARY_PATH", "OMP")) {
      here.environment().variable(name, "a", LIST);
      there.environment().variable(name, "b", LIST);
    }
    assertThat(compared(here, there))
        .singleElement()
        .extracting(Observation::detail)
        .isEqualTo("OMP a ≠ b");
  }
}
