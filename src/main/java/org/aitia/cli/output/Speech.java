package org.aitia.cli.output;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.aitia.knowledge.Language;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options on how to speak, the same for every command. */
public final class Speech {
  @Option(
      names = "--lang",
      paramLabel = "LANG",
      converter = Tag.class,
      completionCandidates = Tags.class,
      description = "language of texts: ${COMPLETION-CANDIDATES}; default: that of the locale")
  private String lang;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      defaultValue = "auto",
      description =
          "${COMPLETION-CANDIDATES}; auto (the default): on a terminal, unless NO_COLOR is set")
  private Surroundings.Colour colour;

  public Language language(Surroundings surroundings) {
    return surroundings.language(lang);
  }

  /** Whether the language was asked for. */
  public boolean stated() {
    return lang != null;
  }

  public boolean colour(Surroundings surroundings) {
    return surroundings.colour(colour);
  }

  /** Colour for a file: only when it is asked for. */
  public boolean colourInFile() {
    return colour == Surroundings.Colour.always;
  }

  /** The languages there are. */
  static final class Tags implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(Language.values()).map(Language::tag).toList().iterator();
    }
  }

  /** Takes {@code zh_CN.UTF-8} for {@code zh}, and nothing that is neither language. */
  static final class Tag implements ITypeConverter<String> {
    @Override
    public String convert(String value) {
      String tag = value.toLowerCase(java.util.Locale.ROOT);
      List<String> known = Arrays.stream(Language.values()).map(Language::tag).toList();
      return known.stream()
          .filter(k -> tag.equals(k) || tag.startsWith(k + "-") || tag.startsWith(k + "_"))
          .findFirst()
          .orElseThrow(
              () -> new TypeConversionException("expected one of " + known + " but was " + value));
    }
  }
}
