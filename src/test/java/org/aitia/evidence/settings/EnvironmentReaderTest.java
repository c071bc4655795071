package org.aitia.evidence.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.aitia.evidence.Runs;
import org.aitia.run.FileNote;
import org.aitia.run.Run;
import org.aitia.run.settings.Environment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentReaderTest {
  @TempDir Path folder;

  private Run run(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, text);
    return Runs.read(file);
  }

  private static Map<String, String> versions(Run run) {
    return run.environment().packages().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().value()));
  }

  @Test
  void pipFreeze() throws IOException {
    Run run =
        run(
            "requirements.txt",
            """
            # made by hand
            -e git+https://example.org/mine.git#egg=mine
            numpy==1.26.4
            Torch_Geometric==2.5.0
            torch==2.1.0+cu118 ; python_version >= "3.8"
            tokenizers[testing]==0.19.1
            local @ file:///tmp/local-1.0.whl
            pandas>=2.0
            scipy
            """);
    assertThat(versions(run))
        .isEqualTo(
            Map.of(
                "numpy", "1.26.4",
                "torch-geometric", "2.5.0",
                "torch", "2.1.0+cu118",
                "tokenizers", "0.19.1"));
    assertThat(run.environment().packages().get("torch").source())
        .hasToString("requirements.txt:5");
    assertThat(run.files().get(0).message()).isEqualTo("4 packages");
  }

  @Test
  void tablesOfPipAndConda() throws IOException {
    Run pip =
        run(
            "packages.txt",
            """
            Package    Version   Editable project location
            ---------- --------- --------------------------
            keras      3.4.1
            mine       0.1       /home/me/mine
            """);
    assertThat(versions(pip)).isEqualTo(Map.of("keras", "3.4.1", "mine", "0.1"));
    Run conda =
        run(
            "list.txt",
            """
            # packages in environment at /opt/conda:
            #
            # Name                    Version                   Build  Channel
            _libgcc_mutex             0.1                 conda_forge    conda-forge
            numpy                     1.26.4          py311h64a7726_0    conda-forge
            """);
    assertThat(versions(conda)).containsEntry("numpy", "1.26.4");
  }

  @Test
  void condasExport() throws IOException {
    Run run =
        run(
            "environment.yml",
            """
            name: train
            channels:
              - conda-forge
            dependencies:
              - python=3.11.9=hb806964_0
              - numpy=1.26.4
              - pip:
                - torch==2.3.1
            """);
    assertThat(versions(run))
        .isEqualTo(Map.of("python", "3.11.9", "numpy", "1.26.4", "torch", "2.3.1"));
  }

  @Test
  void pytorchsOwnReport() throws IOException {
    Run run =
        run(
            "collect.txt",
            """
            Collecting environment information...
            PyTorch version: 2.1.0+cu118
            Is debug build: False
            CUDA used to build PyTorch: 11.8
            OS: Ubuntu 22.04.4 LTS (x86_64)

            Python version: 3.10.12 (main, Nov 20 2023, 15:14:05) [GCC 11.4.0] (64-bit runtime)
            Nvidia driver version: 535.161.08

            Versions of relevant libraries:
            [pip3] numpy==2.0.0
            [pip3] torchvision==0.16.0
            [conda] Could not collect
            """);
    assertThat(versions(run))
        .isEqualTo(
            Map.of(
                "torch", "2.1.0+cu118",
                "cuda", "11.8",
                "python", "3.10.12",
                "numpy", "2.0.0",
                "torchvision", "0.16.0"));
  }

  @Test
  void variablesAreKeptAndSecretsAreNot() throws IOException {
    Run run =
        run(
            "env.txt",
            """
            HOME=/home/me
            NVIDIA_TF32_OVERRIDE=1
            HF_TOKEN=hf_abc
            AWS_SECRET_ACCESS_KEY=xyz
            export PYTHONHASHSEED="0"
            """);
    assertThat(run.environment().variables().keySet())
        .containsExactly("HOME", "NVIDIA_TF32_OVERRIDE", "PYTHONHASHSEED");
    assertThat(run.environment().variables().get("PYTHONHASHSEED").value()).isEqualTo("0");
  }

  @Test
  void whatARecorderNoted() throws IOException {
    Run run =
        run(
            "a.run.jsonl",
            """
            {"type":"run","schema":"run-record/1","framework":"pytorch","framework_version":"2.4.0"}
            {"type":"config","environment":{"numpy":"1.26.4","OMP_NUM_THREADS":8,"cuda":12.1}}
            """);
    assertThat(versions(run))
        .isEqualTo(Map.of("torch", "2.4.0", "numpy", "1.26.4", "cuda", "12.1"));
    assertThat(run.environment().variables().get("OMP_NUM_THREADS").value()).isEqualTo("8");
    assertThat(run.config().others()).isEmpty();
  }

  @Test
  void weightsAndBiasesList() throws IOException {
    Run run =
        Runs.read(
            Path.of(
                "src/test/resources/samples/wandb/wandb/offline-run-20261123_141241-1gl9jf3o/files/requirements.txt"));
    assertThat(versions(run)).containsEntry("wandb", "0.30.0").containsEntry("pydantic", "2.13.5");
  }

  @Test
  void otherTextsAreNoEnvironment() throws IOException {
    for (String text :
        List.of(
            "loss 2.3\nloss 2.1\nloss 1.9\nloss 1.8\n",
            "a = 1\nb = 2\nc = 3\n",
            "lr: 0.1\nepochs: 3\nbatch_size: 32\n",
            "see torch==2.1.0 for what changed\nand more\nand more\n",
            "loss: 0.3\naccuracy: 0.9\n")) {
      assertThat(run("notes.txt", text).environment()).isEqualTo(Environment.UNKNOWN);
    }
  }

  @Test
  void aTracebackAloneIsRead() throws IOException {
    Run run =
        run(
            "crash.log",
            """
            Traceback (most recent call last):
              File "train.py", line 3, in <module>
            RuntimeError: CUDA out of memory.
            """);
    assertThat(run.files().get(0).state()).isEqualTo(FileNote.State.READ);
    assertThat(run.environment().remarks())
        .extracting(Environment.Remark::text)
        .containsExactly("RuntimeError: CUDA out of memory.");
    assertThat(run.environment().remarks().get(0).source()).hasToString("crash.log:3");
  }

  @Test
  void oneWarningAStepIsKeptOnce() throws IOException {
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < 2_000; i++) {
      log.append("UserWarning: slow batch ").append(i).append('\n');
      log.append("step ").append(i).append(" loss: 0.").append(100 + i % 9).append('\n');
    }
    Run run = run("long.log", log.toString());
    assertThat(run.environment().remarks()).hasSize(1);
    assertThat(run.series()).isNotEmpty();
  }

  @Test
  void hostileLists() throws IOException {
    String line = "a".repeat(100_000) + "==1.0\n";
    run("requirements.txt", line.repeat(20));
    Files.write(
        folder.resolve("freeze.txt"), "numpy==1.0\n\0\u0001".getBytes(StandardCharsets.UTF_8));
    Runs.read(folder.resolve("freeze.txt"));
    String many =
        java.util.stream.IntStream.range(0, 20_000)
            .mapToObj(i -> "p" + i + "==1.0")
            .collect(Collectors.joining("\n"));
    assertThat(run("requirements.txt", many).environment().packages()).hasSize(5_000);
  }
}
