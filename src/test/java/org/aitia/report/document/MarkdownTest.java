package org.aitia.report.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.report.Sample;
import org.aitia.report.Words;
import org.junit.jupiter.api.Test;

final class MarkdownTest {
  private static final Pattern NODE =
      Pattern.compile(
          " {2}[cs]\\d+(\\[\"[^\"\\[\\]<>`|]*\"]|\\(\\[\"[^\"\\[\\]<>`|]*\"]\\))(:::\\w+)?");
  private static final Pattern EDGE = Pattern.compile(" {2}[cs]\\d+ (-->|-\\.->) [cs]\\d+");
  private static final Pattern CLASS = Pattern.compile(" {2}classDef \\w+ [\\w:#,-]+");

  @Test
  void whatCameFromFilesIsShownLiterally() {
    String safe = Markdown.text(Sample.HOSTILE);
    assertThat(safe)
        .doesNotContain("\n", "<", "@someone", "http://", "#12", "\u001b", "\u202E")
        .doesNotContainPattern("(?<!\\\\)[|`\\[\\]]");
    assertThat(Markdown.text("- 1")).startsWith("\\-");
    assertThat(Markdown.text("1. a")).isEqualTo("1\\. a");
    assertThat(Markdown.text("# a")).startsWith("\\#");
    assertThat(Markdown.text("val_loss")).isEqualTo("val_loss");
  }

  @Test
  void codeOutlivesBackticks() {
    assertThat(Markdown.code("a`b``c")).isEqualTo("```a`b``c```");
    assertThat(Markdown.code("`a")).isEqualTo("`` `a ``");
    assertThat(Markdown.code("a|b\nc")).isEqualTo("`a¦b c`");
    assertThat(Markdown.prose("call `step()` *now* |")).isEqualTo("call `step()` \\*now\\* \\|");
    assertThat(Markdown.prose("an `unpaired")).isEqualTo("an \\`unpaired");
  }

  @Test
  void linksAreEncoded() {
    assertThat(Markdown.link("my report.assets/(1).svg"))
        .isEqualTo("my%20report.assets/%281%29.svg");
  }

  @Test
  void aHostileReportHasNoLinesOfItsOwn() {
    Diagnosis d = Sample.hostile();
    String report = new MarkdownReport(Sample.knowledge(), null).render(d);
    assertThat(report).doesNotContain("\nrow2", "\u001b");
    // Inside a code span everything is literal.
    assertThat(report.replaceAll("``.*?[^`]``(?!`)", "")).doesNotContain("<script");
    assertThat(report.lines().filter(l -> l.startsWith("|")))
        .allSatisfy(l -> assertThat(l).endsWith("|"));
  }

  @Test
  void diagramsKeepToTheGrammar() {
    for (Diagnosis d :
        new Diagnosis[] {Sample.faulty("en"), Sample.faulty("zh"), Sample.hostile()}) {
      Words words = new Words(Sample.knowledge(), org.aitia.knowledge.Language.of(d.language()));
      Mermaid mermaid = new Mermaid(Sample.knowledge(), words);
      diagram(mermaid.tree(d));
      diagram(mermaid.chain(d.causes().get(0), d));
    }
    assertThat(Mermaid.label("a \"quoted\" <b> `c` [d] #1; end"))
        .isEqualTo("\"a #34;quoted#34; #60;b#62; #96;c#96; #91;d#93; #35;1#59; end\"");
  }

  private static void diagram(String text) {
    assertThat(text.lines().findFirst().orElse("")).matches("flowchart (LR|TD)");
    assertThat(text.lines().skip(1))
        .isNotEmpty()
        .allSatisfy(
            l ->
                assertThat(
                        NODE.matcher(l).matches()
                            || EDGE.matcher(l).matches()
                            || CLASS.matcher(l).matches())
                    .as(l)
                    .isTrue());
  }
}
