package org.aitia.report.pipeline;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.knowledge.Verdict;

/**
 * JUnit's XML: a suite for the call with a test for each run. Faulty is a failure, undecided is
 * skipped, unreadable is an error. Cause and probability are properties of the suite, by the run's
 * name: its schema knows none of a test.
 */
public final class JunitSuite implements PipelineReport {
  private static final int NOT_A_CHARACTER = 0xFFFD;

  private final List<RunTold> runs = new ArrayList<>();

  @Override
  public void add(RunTold run) {
    runs.add(run);
  }

  private static boolean faulty(RunTold run) {
    return run.read() && run.diagnosis().verdict() == Verdict.FAULTY && !run.told().isEmpty();
  }

  private static boolean undecided(RunTold run) {
    return run.read() && run.diagnosis().verdict() == Verdict.UNDECIDED && !run.told().isEmpty();
  }

  @Override
  public String document() {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      line(xml);
      xml.writeStartElement("testsuite");
      attribute(xml, "name", "aitia");
      attribute(xml, "tests", runs.size());
      attribute(xml, "failures", runs.stream().filter(JunitSuite::faulty).count());
      attribute(xml, "errors", runs.stream().filter(r -> !r.read()).count());
      attribute(xml, "skipped", runs.stream().filter(JunitSuite::undecided).count());
      attribute(xml, "time", "0");
      line(xml);
      properties(xml);
      for (RunTold run : runs) {
        test(xml, run);
      }
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("a result cannot be written as XML", e);
    }
    return text + "\n";
  }

  private void properties(XMLStreamWriter xml) throws XMLStreamException {
    xml.writeStartElement("properties");
    for (RunTold run : runs) {
      property(xml, "verdict", run.source(), run.read() ? run.diagnosis().verdict().id() : "none");
      for (Diagnosis.Cause cause : run.diagnosis().causes().stream().limit(1).toList()) {
        property(xml, "cause", run.source(), cause.id());
        property(xml, "probability", run.source(), String.valueOf(cause.probability()));
      }
    }
    xml.writeEndElement();
    line(xml);
  }

  private static void property(XMLStreamWriter xml, String name, String run, String value)
      throws XMLStreamException {
    xml.writeEmptyElement("property");
    attribute(xml, "name", name + ":" + run);
    attribute(xml, "value", value);
  }

  private static void test(XMLStreamWriter xml, RunTold run) throws XMLStreamException {
    xml.writeStartElement("testcase");
    attribute(xml, "classname", "aitia");
    attribute(xml, "name", run.source());
    attribute(xml, "time", "0");
    String notices =
        run.notices().stream().map(RunTold.Notice::text).collect(Collectors.joining("\n"));
    if (!run.read()) {
      outcome(xml, "error", "unreadable", notices, notices);
    } else if (faulty(run)) {
      outcome(xml, "failure", run.told().get(0).rule(), run.diagnosis().summary(), told(run));
    } else if (undecided(run)) {
      outcome(xml, "skipped", null, told(run), null);
    }
    if (run.read() && !notices.isEmpty()) {
      xml.writeStartElement("system-err");
      xml.writeCharacters(allowed(notices));
      xml.writeEndElement();
    }
    xml.writeEndElement();
    line(xml);
  }

  private static String told(RunTold run) {
    return run.told().stream()
        .map(
            t ->
                (t.first().line() == null ? "" : t.first().uri() + ":" + t.first().line() + ": ")
                    + t.title()
                    + ": "
                    + t.text())
        .collect(Collectors.joining("\n\n"));
  }

  private static void outcome(
      XMLStreamWriter xml, String element, String type, String message, String text)
      throws XMLStreamException {
    xml.writeStartElement(element);
    if (type != null) {
      attribute(xml, "type", type);
    }
    attribute(xml, "message", message);
    if (text != null) {
      xml.writeCharacters(allowed(text));
    }
    xml.writeEndElement();
  }

  private static void attribute(XMLStreamWriter xml, String name, Object value)
      throws XMLStreamException {
    xml.writeAttribute(name, allowed(String.valueOf(value)));
  }

  private static void line(XMLStreamWriter xml) throws XMLStreamException {
    xml.writeCharacters("\n");
  }

  /** The text without what XML 1.0 has no way to say. */
  private static String allowed(String text) {
    StringBuilder allowed = new StringBuilder(text.length());
    text.codePoints()
        .map(
            p ->
                p == '\n'
                        || p == '\t'
                        || p >= 0x20 && p < 0xD800
                        || p > 0xDFFF && p < 0xFFFE
                        || p > 0xFFFF
                    ? p
                    : NOT_A_CHARACTER)
        .forEach(allowed::appendCodePoint);
    return allowed.toString();
  }
}
