package org.aitia.evidence.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ElementTypeTest {
  /** Every 16-bit float, against the definition of IEEE 754 binary16. */
  @Test
  void everyHalf() {
    for (int bits = 0; bits <= 0xffff; bits++) {
      int exponent = bits >> 10 & 0x1f;
      double fraction = (bits & 0x3ff) / 1024.0;
      double size =
          exponent == 0 ? Math.scalb(fraction, -14) : Math.scalb(1 + fraction, exponent - 15);
      if (exponent == 0x1f) {
        size = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
      }
      double expected = bits >> 15 == 0 ? size : -size;
      assertThat(Double.valueOf(ElementType.half((short) bits)))
          .as("%x", bits)
          .isEqualTo(Double.valueOf(expected));
    }
  }

  @Test
  void halfPrecisionIsReadAsNumpyDoes() {
    assertThat(ElementType.half((short) 0x3c00)).isEqualTo(1);
    assertThat(ElementType.half((short) 0xc000)).isEqualTo(-2);
    assertThat(ElementType.half((short) 0x0001)).isEqualTo(5.960464477539063e-08);
    assertThat(ElementType.half((short) 0x7bff)).isEqualTo(65504);
    assertThat(ElementType.half((short) 0x7c00)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(ElementType.half((short) 0x7e00)).isNaN();
  }
}
