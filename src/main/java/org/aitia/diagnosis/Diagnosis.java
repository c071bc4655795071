package org.aitia.diagnosis;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.aitia.knowledge.Step;
import org.aitia.knowledge.Verdict;

/**
 * What was concluded about one run, in one language: {@code diagnosis/1} of the interfaces.
 * Renderers add nothing to it.
 *
 * @param causes most likely first, at most ten; empty when healthy
 * @param notApplicable ids of the checks that are pointless for a run of this kind
 * @param provide what would make checks possible, what decides most first
 * @param reference how it compares with a run known to be good; null without one
 * @param previous how it compares with the run before the last repair; null without one
 * @param failed parts of the program that failed, while all others went on
 * @param sections what is wanted of a run besides its faults
 */
@JsonPropertyOrder({"schema", "source", "language", "knowledge", "verdict"})
public record Diagnosis(
    String source,
    String language,
    String knowledge,
    Verdict verdict,
    String summary,
    List<Cause> causes,
    List<RuledOut> ruledOut,
    List<NotChecked> notChecked,
    List<String> notApplicable,
    List<Provide> provide,
    List<Symptom> symptoms,
    List<Observation> observations,
    List<StepState> tree,
    List<Action> actions,
    List<Question> questions,
    List<File> files,
    @JsonInclude(JsonInclude.Include.NON_NULL) Readout read,
    List<Curve> curves,
    @JsonInclude(JsonInclude.Include.NON_NULL) Reference reference,
    @JsonInclude(JsonInclude.Include.NON_NULL) Previous previous,
    List<Overruled> overruled,
    List<Failed> failed,
    Sections sections) {
  /** What earlier versions kept lacks what was added since. */
  public Diagnosis {
    notApplicable = notApplicable == null ? List.of() : notApplicable;
    provide = provide == null ? List.of() : provide;
    sections = sections == null ? Sections.NONE : sections;
  }

  /** Version of the format. */
  @JsonProperty("schema")
  public String schema() {
    return "diagnosis/1";
  }

  /**
   * A suspected cause.
   *
   * @param probability chance that it is a true cause, 0 to 1
   * @param chain from the root cause over mechanisms to the symptom
   */
  public record Cause(
      String id,
      String name,
      String family,
      double probability,
      String step,
      String summary,
      List<String> chain,
      @JsonProperty("for") List<Evidence> supports,
      @JsonProperty("against") List<Evidence> opposes) {}

  /**
   * What speaks for or against a cause.
   *
   * @param weight log-odds, positive either way
   * @param observations ids of the observations it rests on
   */
  public record Evidence(String rule, String text, double weight, List<String> observations) {}

  /** A cause that was considered and is out. */
  public record RuledOut(String id, String name, String because) {}

  /** A check that could not be made. */
  public record NotChecked(String check, String text, String missing, String how) {}

  /**
   * Something that the user can add, with what it would decide beyond what was named before it.
   *
   * @param checks ids of the checks that it makes possible
   * @param ofSuspects how many of them look for a cause that is listed
   */
  public record Provide(
      String id, String text, String how, String cost, List<String> checks, int ofSuspects) {}

  /**
   * Something abnormal.
   *
   * @param confidence how much of it was read and how much assumed; null for what was measured
   */
  public record Symptom(
      String id,
      String severity,
      String text,
      List<String> observations,
      @JsonInclude(JsonInclude.Include.NON_NULL) String confidence) {}

  /**
   * A measured fact, or one found in a script.
   *
   * @param confidence how much of it was read and how much assumed; null for what was measured
   */
  public record Observation(
      String id,
      String subject,
      String measure,
      Object value,
      String unit,
      String detail,
      Place place,
      Source source,
      @JsonInclude(JsonInclude.Include.NON_NULL) String confidence) {}

  /** Where it was observed; what does not apply is null. */
  public record Place(String split, Double step, String layer) {}

  /**
   * The file and the name inside it; for what the user stated {@code answers} and the question.
   *
   * @param overrules the file and name whose value the user overruled; null otherwise
   */
  public record Source(
      String file, String tag, @JsonInclude(JsonInclude.Include.NON_NULL) String overrules) {
    public Source(String file, String tag) {
      this(file, tag, null);
    }
  }

  /**
   * Evidence of the files that the user overruled.
   *
   * @param answer what the user says
   * @param found what the files say
   * @param source where they say it; null where it follows from several
   */
  public record Overruled(String question, String answer, String found, Source source) {}

  /**
   * A part of the program that failed: what it would have looked at was not checked.
   *
   * @param part kind and id, as in {@code observer:loss}
   * @param what it was about to do
   * @param why what happened; in English
   */
  public record Failed(String part, String what, String why) {}

  /** A step of the decision tree, and how far it is. */
  public record StepState(String step, String name, Step.State state) {}

  /** What to do next. */
  public record Action(String id, String step, String cause, String text, String cost) {}

  /** A question worth asking. */
  public record Question(
      String id,
      String text,
      String why,
      String how,
      String kind,
      List<String> separates,
      String cost) {}

  /** What became of a file. */
  public record File(String file, String format, String state, String message) {}

  /**
   * A curve for the reader's eye, thinned; not part of the promised format.
   *
   * @param marks steps at which symptoms were seen
   * @param chance what the loss of a model is that guesses among the classes; null where that is
   *     not known, or the curve is no loss
   * @param axis what its steps count: {@code step} or {@code epoch}; null in what earlier versions
   *     kept
   */
  public record Curve(
      String name,
      String split,
      double[] steps,
      double[] values,
      List<Mark> marks,
      Double chance,
      String axis) {
    public Curve(String name, String split, double[] steps, double[] values, List<Mark> marks) {
      this(name, split, steps, values, marks, null, null);
    }
  }

  /** A symptom on a curve. */
  public record Mark(double step, String symptom) {}

  /**
   * The run held against a run known to be good.
   *
   * @param state {@code short-of-reference}, {@code reference-short-too}, {@code
   *     good-though-below-reference}, {@code as-good-as-reference} or {@code reference-unknown}
   * @param findings the result and the first steps
   * @param agreements what agrees: ids of settings, {@code model}, {@code data}
   */
  public record Reference(
      String source,
      String state,
      String summary,
      List<Finding> findings,
      List<Difference> differences,
      List<String> agreements) {}

  /** Something that holding two runs against each other shows. */
  public record Finding(String id, String text, List<String> observations) {}

  /**
   * A difference from the reference.
   *
   * @param of what differs: a setting's id, {@code model}, {@code data} ...
   * @param effect what such a difference does
   * @param causes what it may mean
   */
  public record Difference(
      String id,
      String of,
      String text,
      String effect,
      List<String> causes,
      List<String> observations) {}

  /**
   * The run held against the one before the last repair.
   *
   * @param verdict of the run before
   * @param changes what differs between the two
   * @param hidden new causes with those that were fixed, behind which they may have been hidden
   */
  public record Previous(
      String source,
      Verdict verdict,
      String summary,
      List<Change> changes,
      Outcome symptoms,
      Outcome causes,
      List<Hidden> hidden) {}

  /** Something that was changed since the run before. */
  public record Change(String of, String text, String effect) {}

  /**
   * What became of symptoms or causes.
   *
   * @param unclear seen before, and no longer recorded what would show them
   */
  public record Outcome(
      List<Item> fixed,
      List<Item> remaining,
      @JsonProperty("new") List<Item> fresh,
      List<Item> unclear) {}

  /**
   * A symptom or a cause.
   *
   * @param was probability of the cause before; null for symptoms
   * @param is probability of the cause now; null for symptoms
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Item(String id, String text, Double was, Double is) {}

  /** A cause that another one may have hidden. */
  public record Hidden(String cause, String behind) {}

  /** The curves are drawn, not sent. */
  @Override
  @JsonIgnore
  public List<Curve> curves() {
    return curves;
  }
}
