package org.aitia.evidence.tracker;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import org.aitia.run.model.TensorStats;

/**
 * Statistics of a tensor from MindSpore's histogram: sum, extremes and the number of values that
 * are not finite are exact; the spread is that of the buckets' middles.
 */
final class MindSporeHistogram {
  private MindSporeHistogram() {}

  /** Null when it holds no values. */
  static TensorStats parse(CodedInputStream in) throws IOException {
    double nonFinite = 0;
    double max = 0; // proto3 leaves out a field that is zero
    double min = 0;
    double sum = 0;
    double count = 0;
    double[] moments = new double[3];
    int end = in.pushLimit(in.readRawVarint32());
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> bucket(in, moments);
        case 2, 3, 4 -> nonFinite += in.readInt64();
        case 5 -> max = real(in, tag);
        case 6 -> min = real(in, tag);
        case 7 -> sum = real(in, tag);
        case 8 -> count = in.readInt64();
        default -> in.skipField(tag);
      }
    }
    in.popLimit(end);
    double finite = moments[0];
    if (!(finite > 0) || !Double.isFinite(moments[2])) {
      return nonFinite > 0 ? stats(Double.NaN, Double.NaN, min, max, Double.NaN, nonFinite) : null;
    }
    double middle = moments[1] / finite;
    double std = Math.sqrt(Math.max(0, moments[2] / finite - middle * middle));
    double mean = count > 0 && nonFinite == 0 ? sum / count : middle;
    return stats(mean, std, min, max, Math.sqrt(finite * (mean * mean + std * std)), nonFinite);
  }

  private static double real(CodedInputStream in, int tag) throws IOException {
    return WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_FIXED32
        ? in.readFloat()
        : in.readDouble();
  }

  private static TensorStats stats(
      double mean, double std, double min, double max, double norm, double nonFinite) {
    double most = Math.max(Math.abs(min), Math.abs(max));
    return new TensorStats(mean, std, min, max, norm, most, nonFinite, Double.NaN, Double.NaN);
  }

  private static void bucket(CodedInputStream in, double[] moments) throws IOException {
    double left = 0;
    double width = 0;
    double count = 0;
    int end = in.pushLimit(in.readRawVarint32());
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> left = real(in, tag);
        case 2 -> width = real(in, tag);
        case 3 -> count = in.readInt64();
        default -> in.skipField(tag);
      }
    }
    in.popLimit(end);
    double middle = left + width / 2;
    if (count > 0 && Double.isFinite(middle)) {
      moments[0] += count;
      moments[1] += count * middle;
      moments[2] += count * middle * middle;
    }
  }
}
