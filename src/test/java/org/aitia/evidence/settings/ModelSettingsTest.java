package org.aitia.evidence.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.aitia.evidence.Runs;
import org.aitia.run.Run;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files in the form in which libraries write them beside a model. */
class ModelSettingsTest {
  @TempDir private Path folder;

  private Run read(String name, String text) throws IOException {
    Runs.write(folder, name, text);
    return Runs.read(folder);
  }

  @Test
  void theLabelsOfAClassifierAreItsClasses() throws IOException {
    Run run =
        read(
            "config.json",
            """
            {"architectures": ["BertForSequenceClassification"], "model_type": "bert",
             "id2label": {"0": "LABEL_0", "1": "LABEL_1", "2": "LABEL_2", "3": "LABEL_3"},
             "problem_type": "single_label_classification", "hidden_dropout_prob": 0.1,
             "torch_dtype": "float32", "transformers_version": "4.38.2", "vocab_size": 30522}
            """);
    assertThat(run.classes()).isEqualTo(4);
    assertThat(run.isClassification()).isTrue();
    assertThat(run.config().others()).containsKey("torch_dtype");
  }

  @Test
  void aClassifierWithoutNamesOfItsLabelsHasTwo() throws IOException {
    Run run =
        read(
            "config.json",
            """
            {"architectures": ["RobertaForSequenceClassification"], "model_type": "roberta",
             "transformers_version": "4.38.2", "vocab_size": 50265}
            """);
    assertThat(run.classes()).isEqualTo(2);
  }

  @Test
  void theWordsOfALanguageModelAreItsClasses() throws IOException {
    Run run =
        read(
            "config.json",
            """
            {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "torch_dtype": "bfloat16",
             "transformers_version": "4.38.2", "vocab_size": 32000}
            """);
    assertThat(run.classes()).isEqualTo(32000);
    assertThat(run.task()).hasValue("language modelling");
  }

  @Test
  void anAdapterStandsOnAPretrainedModel() throws IOException {
    Run run =
        read(
            "adapter_config.json",
            """
            {"base_model_name_or_path": "meta-llama/Llama-2-7b-hf", "peft_type": "LORA", "r": 8,
             "lora_alpha": 16, "target_modules": ["q_proj", "v_proj"], "task_type": "CAUSAL_LM"}
            """);
    assertThat(run.config().text(Setting.PRETRAINED)).hasValue("meta-llama/Llama-2-7b-hf");
  }

  @Test
  void deepSpeedSaysItsPrecision() throws IOException {
    Run run =
        read(
            "ds_config.json",
            """
            {"fp16": {"enabled": true, "loss_scale": 0}, "bf16": {"enabled": false},
             "optimizer": {"type": "AdamW", "params": {"lr": 3e-5, "weight_decay": 0.01}},
             "scheduler": {"type": "WarmupLR", "params": {"warmup_num_steps": 500}},
             "gradient_accumulation_steps": 4, "gradient_clipping": 1.0, "train_batch_size": 64}
            """);
    assertThat(run.config().text(Setting.PRECISION)).hasValue("amp-fp16");
    assertThat(run.config().has(Setting.LOSS_SCALE)).isFalse();
    assertThat(run.config().value(Setting.WARMUP)).isEqualTo(500);
  }

  @Test
  void boostingSaysItsClasses() throws IOException {
    Run run =
        read(
            "params.json",
            """
            {"objective": "multi:softprob", "num_class": 7, "eta": 0.3, "max_depth": 6, "seed": 7}
            """);
    assertThat(run.classes()).isEqualTo(7);
    assertThat(run.config().value(Setting.LEARNING_RATE)).isEqualTo(0.3);
  }

  @Test
  void aSummaryHoldsTheLastEvaluation() throws IOException {
    Run run =
        read(
            "wandb-summary.json",
            """
            {"train/loss": 0.45, "eval/loss": 0.625, "eval/accuracy": 0.8125, "_runtime": 812.2,
             "_timestamp": 1701234567.1, "_step": 1499, "_wandb": {"runtime": 812}}
            """);
    assertThat(run.series(Quantity.LOSS, Split.VALIDATION, Axis.EPOCH).orElseThrow().last())
        .isEqualTo(0.625);
    assertThat(run.series(Quantity.LOSS, Split.TRAIN, Axis.STEP)).isEmpty();
  }
}
