package org.aitia.run.curve;

/**
 * Names of the quantities that observers ask for. Metrics other than these keep the name they were
 * logged under.
 */
public final class Quantity {
  public static final String LOSS = "loss";
  public static final String ACCURACY = "accuracy";
  public static final String R2 = "r2";
  public static final String MAE = "mae";
  public static final String MSE = "mse";
  public static final String F1 = "f1";
  public static final String REWARD = "reward";
  public static final String LEARNING_RATE = "learning-rate";
  public static final String GRADIENT_NORM = "gradient-norm";
  public static final String LOSS_SCALE = "loss-scale";
  public static final String DATA_TIME = "data-time";
  public static final String STEP_TIME = "step-time";
  public static final String THROUGHPUT = "throughput";
  public static final String MEMORY = "memory";
  public static final String BATCH_MEAN = "batch-mean";
  public static final String BATCH_STD = "batch-std";
  public static final String BATCH_MIN = "batch-min";
  public static final String BATCH_MAX = "batch-max";
  public static final String BATCH_NON_FINITE = "batch-non-finite";
  public static final String UPDATE_COSINE = "update-cosine";

  private Quantity() {}
}
