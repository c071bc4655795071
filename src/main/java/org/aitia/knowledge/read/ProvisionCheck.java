package org.aitia.knowledge.read;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.aitia.knowledge.Check;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Provision;
import org.aitia.knowledge.Text;

/** Finds checks that lack what nothing provides, and provisions of what is unknown. */
final class ProvisionCheck {
  private ProvisionCheck() {}

  static List<String> problems(Knowledge knowledge) {
    List<String> problems = new ArrayList<>();
    Set<String> given = new HashSet<>();
    for (Provision provision : knowledge.provisions().values()) {
      String at = "provisions.yaml: " + provision.id() + ": ";
      for (String kind : provision.gives()) {
        if (!knowledge.terms().containsKey("evidence-" + kind)) {
          problems.add(at + "gives: unknown id '" + kind + "'");
        }
      }
      given.addAll(provision.gives());
      for (Text text : new Text[] {provision.text(), provision.how()}) {
        if (text == null || text.en().isBlank() || text.zh().isBlank()) {
          problems.add(at + "needs a text in English and in Chinese");
        }
      }
    }
    for (Check check : knowledge.checks().values()) {
      check.needs().stream()
          .filter(kind -> !given.contains(kind))
          .forEach(
              kind ->
                  problems.add("checks.yaml: " + check.id() + ": nothing provides '" + kind + "'"));
    }
    return problems;
  }
}
