package org.aitia.report.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.diagnosis.Readout;
import org.aitia.diagnosis.Sections;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Step.State;
import org.aitia.knowledge.Verdict;
import org.aitia.knowledge.read.KnowledgeReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class HtmlReportTest {
  private static final Knowledge KNOWLEDGE = KnowledgeReader.compiled();
  private static final String HOSTILE =
      "</style></title><script>alert(1)</script><img src=x"
          + " onerror='a()'>\"&`<b>`\u0000\u202e\uffff";

  private static String page(String text, String language) {
    return new HtmlReport(KNOWLEDGE).render(diagnosis(text, language));
  }

  /** A diagnosis with everything in it, that text wherever a file could put one. */
  private static Diagnosis diagnosis(String text, String language) {
    var evidence = new Diagnosis.Evidence("rule " + text, text, 4.2, List.of("o1"));
    return new Diagnosis(
        text,
        language,
        "1 " + text,
        Verdict.FAULTY,
        text,
        List.of(
            cause("learning-rate-too-high", text, 0.999, List.of(evidence), List.of(evidence)),
            cause("too-few-epochs", text, 0.05, List.of(evidence), List.of())),
        List.of(new Diagnosis.RuledOut("label-errors", text, text)),
        List.of(new Diagnosis.NotChecked("check " + text, text, text, text)),
        List.of(text),
        List.of(new Diagnosis.Provide(text, text, text, "minutes", List.of("check " + text), 1)),
        List.of(
            new Diagnosis.Symptom("loss-not-finite", "high", text, List.of("o1"), null),
            new Diagnosis.Symptom("falls-short", "medium", "BACKGROUND", List.of(), null)),
        List.of(
            new Diagnosis.Observation(
                "o1",
                "loss",
                "m " + text,
                "NaN",
                text,
                text,
                new Diagnosis.Place("train", 3.0, text),
                new Diagnosis.Source(text, text),
                null)),
        List.of(new Diagnosis.StepState("4a.diverged", text, State.SUSPECT)),
        List.of(
            new Diagnosis.Action(
                "repair-x", "1.hyperparameters", "learning-rate-too-high", text, "retrain")),
        List.of(new Diagnosis.Question("q", text, text, text, "yes-no", List.of(), "minutes")),
        List.of(new Diagnosis.File(text, text, "partial", text)),
        new Readout(
            List.of(new Readout.Line(text, text, "train", text, "epoch", 2, 1, Double.NaN)),
            List.of(new Readout.File(text, text, "part", text))),
        List.of(
            new Diagnosis.Curve(
                "loss",
                "train",
                new double[] {0, 1, 2, 3},
                new double[] {2, 1, 3, Double.NaN},
                List.of(new Diagnosis.Mark(3, "loss-not-finite"))),
            new Diagnosis.Curve(text, text, new double[] {0, 1}, new double[] {1, 2}, List.of())),
        null,
        null,
        List.of(),
        List.of(),
        new Sections(
            new Sections.Keep(
                text,
                "validation",
                "epoch",
                2,
                new Sections.At(0, 1),
                new Sections.At(1, Double.NaN),
                null,
                null,
                "best",
                text),
            new Sections.Pace(0.5, null, null, "medium", List.of(text), null),
            new Sections.Crash("x", text, text, null, List.of(text))));
  }

  private static Diagnosis.Cause cause(
      String id,
      String text,
      double probability,
      List<Diagnosis.Evidence> supports,
      List<Diagnosis.Evidence> opposes) {
    return new Diagnosis.Cause(
        id,
        text,
        "hyperparameters",
        probability,
        "1.hyperparameters",
        text,
        List.of(id, "loss-not-finite"),
        supports,
        opposes);
  }

  private static Document parse(String page) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(page)));
  }

  private static List<Element> all(Document page, String name) {
    NodeList nodes = page.getElementsByTagName(name);
    List<Element> found = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      found.add((Element) nodes.item(i));
    }
    return found;
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void hasEverySectionInItsOrder(String language) throws Exception {
    Document page = parse(page("plain", language));
    assertThat(page.getDocumentElement().getAttribute("lang"))
        .isEqualTo(language.equals("zh") ? "zh-Hans" : "en");
    assertThat(all(page, "section").stream().map(s -> s.getAttribute("id")))
        .containsExactly(
            "causes",
            "others",
            "next",
            "crash",
            "checkpoint",
            "speed",
            "symptoms",
            "curves",
            "tree",
            "questions",
            "");
    assertThat(all(page, "details")).hasSize(4);
    assertThat(all(page, "h1")).hasSize(1);
    assertThat(all(page, "main")).hasSize(1);
    assertThat(all(page, "svg"))
        .allMatch(s -> s.getAttribute("role").equals("img"))
        .filteredOn(s -> s.getAttribute("class").equals("chart"))
        .hasSize(2);
    assertThat(all(page, "figcaption").get(0).getTextContent()).contains("plain").contains("3");
  }

  @Test
  void showsProbabilitiesWithoutClaimingCertainty() {
    assertThat(page("plain", "en")).contains("&gt;99 %").contains("<rect width=\"99.9\"");
  }

  @Test
  void leavesOutWhatOtherSymptomsSay() {
    assertThat(page("plain", "en")).doesNotContain("BACKGROUND");
  }

  @Test
  void takesNothingFromFilesAsMarkup() throws Exception {
    String page = page(HOSTILE, "en");
    Document parsed = parse(page);
    assertThat(all(parsed, "script")).isEmpty();
    assertThat(all(parsed, "img")).isEmpty();
    assertThat(all(parsed, "b").stream().map(Element::getTextContent)).noneMatch(String::isEmpty);
    assertThat(all(parsed, "style")).hasSize(1);
    assertThat(page).doesNotContain("\u0000").doesNotContain("\u202e").doesNotContain("\uffff");
  }

  @Test
  void everyIdIsUniqueAndEveryLinkStaysInThePage() throws Exception {
    String page = page(HOSTILE, "en");
    Document parsed = parse(page);
    List<String> ids =
        all(parsed, "*").stream().map(e -> e.getAttribute("id")).filter(i -> !i.isEmpty()).toList();
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(all(parsed, "a").stream().map(a -> a.getAttribute("href").substring(1)))
        .isNotEmpty()
        .isSubsetOf(ids);
    assertThat(all(parsed, "*")).noneMatch(e -> e.hasAttribute("src") || e.hasAttribute("onload"));
    assertThat(all(parsed, "link")).isEmpty();
    assertThat(all(parsed, "style").get(0).getTextContent())
        .doesNotContain("url(")
        .doesNotContain("@import");
    assertThat(page).contains("default-src 'none'").doesNotContain("http://");
  }

  @Test
  void staysSmallWhateverComesIn() {
    assertThat(page("x".repeat(100_000), "en")).hasSizeLessThan(150_000);
  }
}
