package org.aitia;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Dependencies point one way: the way of the data. */
@AnalyzeClasses(packages = "org.aitia", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule RUN_KNOWS_NOBODY =
      classes()
          .that()
          .resideInAPackage("org.aitia.run..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..", "org.aitia.run..", "org.aitia.script.syntax..", "org.aitia.limit..");

  @ArchTest
  static final ArchRule KNOWLEDGE_KNOWS_NOBODY =
      noClasses()
          .that()
          .resideInAPackage("org.aitia.knowledge..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.aitia.run..",
              "org.aitia.evidence..",
              "org.aitia.observation..",
              "org.aitia.reasoning..",
              "org.aitia.diagnosis..",
              "org.aitia.report..",
              "org.aitia.cli..");

  @ArchTest
  static final ArchRule ONLY_INFERENCE_KNOWS_THE_ENGINE =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.aitia.reasoning..", "org.aitia.rules..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.kie..", "org.drools..");

  @ArchTest
  static final ArchRule OBSERVERS_KNOW_THE_RUN_ONLY =
      noClasses()
          .that()
          .resideInAPackage("org.aitia.observation..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.aitia.evidence..",
              "org.aitia.knowledge..",
              "org.aitia.reasoning..",
              "org.aitia.diagnosis..",
              "org.aitia.report..",
              "org.aitia.cli..");

  @ArchTest
  static final ArchRule THE_RESULT_DOES_NOT_KNOW_HOW_IT_WAS_REACHED =
      noClasses()
          .that()
          .resideInAPackage("org.aitia.diagnosis..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.aitia.evidence..", "org.aitia.report..", "org.aitia.cli..");

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices()
          .matching("org.aitia.(*)..")
          .should()
          .beFreeOfCycles()
          .ignoreDependency(
              com.tngtech.archunit.base.DescribedPredicate.alwaysFalse(),
              com.tngtech.archunit.base.DescribedPredicate.alwaysTrue());
}
