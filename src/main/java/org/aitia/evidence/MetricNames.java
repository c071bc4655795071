package org.aitia.evidence;

import java.util.Locale;
import java.util.Map;
import org.aitia.run.Quantity;

/** The names that metrics are logged under, and the one name the reasoning knows them by. */
final class MetricNames {
  private static final Map<String, String> CANONICAL =
      Map.ofEntries(
          Map.entry("loss", Quantity.LOSS),
          Map.entry("total-loss", Quantity.LOSS),
          Map.entry("loss-total", Quantity.LOSS),
          Map.entry("avg-loss", Quantity.LOSS),
          Map.entry("mean-loss", Quantity.LOSS),
          Map.entry("accuracy", Quantity.ACCURACY),
          Map.entry("top-1", Quantity.ACCURACY),
          Map.entry("acc-1", Quantity.ACCURACY),
          Map.entry("top1-acc", Quantity.ACCURACY),
          Map.entry("acc-top1", Quantity.ACCURACY),
          Map.entry("accuracy-top1", Quantity.ACCURACY),
          Map.entry("top1-accuracy", Quantity.ACCURACY),
          Map.entry("prec1", Quantity.ACCURACY),
          Map.entry("acc", Quantity.ACCURACY),
          Map.entry("top1", Quantity.ACCURACY),
          Map.entry("acc1", Quantity.ACCURACY),
          Map.entry("binary-accuracy", Quantity.ACCURACY),
          Map.entry("categorical-accuracy", Quantity.ACCURACY),
          Map.entry("sparse-categorical-accuracy", Quantity.ACCURACY),
          Map.entry("token-accuracy", Quantity.ACCURACY),
          Map.entry("r2", Quantity.R2),
          Map.entry("r2-score", Quantity.R2),
          Map.entry("r-squared", Quantity.R2),
          Map.entry("mae", Quantity.MAE),
          Map.entry("mean-absolute-error", Quantity.MAE),
          Map.entry("mse", Quantity.MSE),
          Map.entry("mean-squared-error", Quantity.MSE),
          Map.entry("f1", Quantity.F1),
          Map.entry("f1-score", Quantity.F1),
          Map.entry("macro-f1", Quantity.F1),
          Map.entry("f1-macro", Quantity.F1),
          Map.entry("lr", Quantity.LEARNING_RATE),
          Map.entry("learning-rate", Quantity.LEARNING_RATE),
          Map.entry("grad-norm", Quantity.GRADIENT_NORM),
          Map.entry("gradient-norm", Quantity.GRADIENT_NORM),
          Map.entry("grad-norm-2", Quantity.GRADIENT_NORM),
          Map.entry("loss-scale", Quantity.LOSS_SCALE));

  private MetricNames() {}

  /**
   * The name the reasoning knows a metric by; its own name in lower case when it is none of those.
   */
  static String canonical(String name) {
    String plain = name.strip().toLowerCase(Locale.ROOT).replaceAll("[_ .]", "-");
    return CANONICAL.getOrDefault(plain, plain);
  }
}
