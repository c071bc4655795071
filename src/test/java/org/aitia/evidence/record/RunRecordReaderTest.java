package org.aitia.evidence.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.aitia.evidence.Runs;
import org.aitia.evidence.tracker.Events;
import org.aitia.run.FileNote;
import org.aitia.run.Run;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.curve.Series;
import org.aitia.run.model.Rank;
import org.aitia.run.model.Trouble;
import org.aitia.run.value.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRecordReaderTest {
  private static final String HEAD = "{\"type\":\"run\",\"schema\":\"run-record/1\"}\n";

  @TempDir Path folder;

  private Run read(String lines) throws IOException {
    return Runs.read(folder, "a.run.jsonl", HEAD + lines);
  }

  private static String steps(int count) {
    StringBuilder text = new StringBuilder(HEAD);
    for (int i = 0; i < count; i++) {
      text.append("{\"type\":\"step\",\"step\":").append(i).append(",\"loss\":1.5}\n");
    }
    return text.toString();
  }

  private static Series loss(Run run) {
    return run.series(Quantity.LOSS, Split.TRAIN, Axis.STEP).orElseThrow();
  }

  @Test
  void aStepWrittenTwiceKeepsItsLaterValue() throws IOException {
    Run run =
        read(
            """
            {"type":"step","step":0,"loss":3}
            {"type":"step","step":1,"loss":2}
            {"type":"step","step":1,"loss":2.5}
            {"type":"step","step":2,"loss":1}
            """);
    assertThat(loss(run).values()).containsExactly(3, 2.5, 1);
    assertThat(loss(run).repeated()).isEqualTo(1);
  }

  @Test
  void troubleKeepsWhereItBegan() throws IOException {
    Run run =
        read(
            """
            {"type":"trouble","step":25,"kind":"non-finite-loss","direction":"forward","layer":"2","operator":"Log","batch":{"min":-1,"max":4}}
            {"type":"trouble","step":9,"kind":"spike"}
            {"type":"trouble","step":9,"kind":"of another kind"}
            {"type":"end","status":"completed","steps":140}
            """);
    assertThat(run.troubles()).hasSize(2);
    Trouble first = run.troubles().get(0);
    assertThat(first.kind()).isEqualTo(Trouble.Kind.NON_FINITE_LOSS);
    assertThat(first.origin()).isEqualTo(Trouble.Origin.FORWARD);
    assertThat(first.step()).isEqualTo(25);
    assertThat(first.layer()).isEqualTo("2");
    assertThat(first.batch().max()).isEqualTo(4);
    assertThat(run.troubles().get(1).origin()).isEqualTo(Trouble.Origin.UNKNOWN);
    assertThat(run.end().orElseThrow().steps()).isEqualTo(140);
  }

  @Test
  void anotherProcessIsHeldAgainstTheFirstAndNotMixedWithIt() throws IOException {
    Files.writeString(
        folder.resolve("record.run.jsonl"),
        """
        {"type":"run","schema":"run-record/1","rank":0,"world_size":2}
        {"type":"step","step":0,"loss":1.5,"batch":{"mean":0,"std":1,"min":-2,"max":2}}
        {"type":"layer","step":0,"name":"fc","weight":{"norm":3}}
        """);
    Files.writeString(
        folder.resolve("record-rank1.run.jsonl"),
        """
        {"type":"run","schema":"run-record/1","rank":1,"world_size":2}
        {"type":"step","step":0,"loss":9,"batch":{"mean":7,"std":1,"min":5,"max":9}}
        {"type":"step","step":1,"loss":8}
        {"type":"layer","step":0,"name":"fc","weight":{"norm":4}}
        {"type":"trouble","step":1,"kind":"non-finite-loss","direction":"input"}
        {"type":"end","status":"crashed","error":"RuntimeError"}
        """);
    Run run = Runs.read(folder);
    assertThat(loss(run).size()).isEqualTo(1);
    assertThat(loss(run).value(0)).isEqualTo(1.5);
    assertThat(run.end()).isEmpty();
    assertThat(run.troubles()).hasSize(1);
    assertThat(run.ranks()).extracting(Rank::number).containsExactlyInAnyOrder(0, 1);
    Rank second = run.ranks().stream().filter(r -> r.number() == 1).findFirst().orElseThrow();
    assertThat(second.losses()).containsExactly(Map.entry(0.0, 9.0), Map.entry(1.0, 8.0));
    assertThat(second.norms().get("fc")).containsExactly(Map.entry(0.0, 4.0));
    assertThat(second.batches().get(0.0).mean()).isEqualTo(7);
  }

  @Test
  void whereEachProcessHoldsPartsOfTheWeightsTheirNormsTellNothing() throws IOException {
    Run run =
        read(
            """
            {"type":"run","schema":"run-record/1","rank":0,"world_size":4,"sharded":true}
            {"type":"step","step":0,"loss":1.5}
            {"type":"layer","step":0,"name":"fc","weight":{"norm":3}}
            """);
    assertThat(run.ranks()).singleElement().satisfies(r -> assertThat(r.norms()).isEmpty());
  }

  @Test
  void nonFiniteNumbersAreReadInEverySpelling() throws IOException {
    Run run =
        read(
            """
            {"type":"step","step":0,"loss":NaN}
            {"type":"step","step":1,"loss":"NaN"}
            {"type":"step","step":2,"loss":-Infinity}
            {"type":"step","step":3,"loss":"Infinity"}
            {"type":"step","step":4,"loss":"0.5"}
            """);
    assertThat(loss(run).nonFinite()).isEqualTo(4);
    assertThat(loss(run).last()).isEqualTo(0.5);
  }

  @Test
  void whatIsNoNumberIsNotTakenForNan() throws IOException {
    Run run =
        read(
            """
            {"type":"step","step":0,"loss":1,"gradient_norm":"n/a","learning_rate":null}
            {"type":"epoch","epoch":0,"split":"train","loss":"none","metrics":{"accuracy":null,"f1":[1]}}
            {"type":"epoch","epoch":0,"split":"nowhere","loss":1}
            """);
    assertThat(run.series().keySet()).hasSize(1);
    assertThat(loss(run).nonFinite()).isZero();
  }

  @Test
  void unknownTypesAndFieldsAreLeftOut() throws IOException {
    Run run =
        read("{\"type\":\"photo\",\"x\":1}\n{\"type\":\"step\",\"step\":3,\"loss\":1,\"y\":2}\n");
    assertThat(Runs.only(run).state()).isEqualTo(FileNote.State.READ);
    assertThat(loss(run).step(0)).isEqualTo(3);
  }

  @Test
  void brokenLinesAreNamedAndTheRestIsRead() throws IOException {
    Run run =
        read("{oops}\n" + "[".repeat(3_000) + "\n{\"type\":\"step\",\"step\":0,\"loss\":1}\n");
    assertThat(Runs.only(run).state()).isEqualTo(FileNote.State.PARTIAL);
    assertThat(Runs.only(run).message()).contains("line 2");
    assertThat(loss(run).count()).isEqualTo(1);
  }

  @Test
  void cutAnywhereWhatCameBeforeCounts() throws IOException {
    String text = steps(40);
    for (int i = 5; i < 50; i++) {
      Run run = Runs.read(folder, "a.run.jsonl", text.substring(0, text.length() * i / 50));
      assertThat(Runs.only(run).state()).isIn(FileNote.State.READ, FileNote.State.PARTIAL);
      run.series(Quantity.LOSS, Split.TRAIN, Axis.STEP)
          .ifPresent(s -> assertThat(s.max()).isEqualTo(1.5));
    }
  }

  @Test
  void aSmallCutGzipFileGivesWhatCameBeforeToo() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(steps(30).getBytes(StandardCharsets.UTF_8));
    }
    Path file = folder.resolve("a.run.jsonl.gz");
    Files.write(file, Events.prefix(packed.toByteArray(), packed.size() - 9));
    Run run = Runs.read(file);
    assertThat(Runs.only(run).state()).isEqualTo(FileNote.State.PARTIAL);
    assertThat(loss(run).count()).isGreaterThan(10);
  }

  @Test
  void aCutGzipFileGivesWhatCameBefore() throws IOException {
    StringBuilder text = new StringBuilder(steps(0));
    java.util.Random random = new java.util.Random(3);
    for (int i = 0; i < 20_000; i++) {
      text.append("{\"type\":\"step\",\"step\":" + i + ",\"loss\":" + random.nextDouble() + "}\n");
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }
    byte[] bytes = packed.toByteArray();
    for (int i = 0; i < 50; i++) {
      Path file = folder.resolve("a.run.jsonl.gz");
      Files.write(file, Events.prefix(bytes, bytes.length * i / 50));
      assertThat(Runs.only(Runs.read(file)).message()).isNotBlank();
    }
    Files.write(folder.resolve("b.run.jsonl.gz"), Events.prefix(bytes, bytes.length / 2));
    Run half = Runs.read(folder.resolve("b.run.jsonl.gz"));
    assertThat(Runs.only(half).state()).isEqualTo(FileNote.State.PARTIAL);
    assertThat(Runs.only(half).message()).contains("compressed data");
    assertThat(loss(half).count()).isBetween(5_000L, 15_000L);
  }
}
