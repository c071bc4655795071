package org.aitia.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.aitia.knowledge.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

final class NegotiationTest {
  @Test
  void chineseForWhoUnderstandsItBest() {
    assertThat(Negotiation.language("zh-CN, en;q=0.5")).isEqualTo(Language.ZH);
    assertThat(Negotiation.language("en, zh;q=0.5")).isEqualTo(Language.EN);
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(strings = {"-", "--", "-,zh", ",", ";", "*", "zh;q=x", "[H", "\u0000"})
  void whatIsNoLanguageIsAnsweredInEnglish(String header) {
    assertThat(Negotiation.language(header)).isEqualTo(Language.EN);
  }
}
