package dev.scriptorium.worker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The directions of the worker's runtime. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.scriptorium.worker");

  @Test
  void theRunnerKnowsNeitherTheNetworkNorTheWorker() {
    check(
        noClasses()
            .that()
            .resideInAPackage("..worker.runner..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "io.grpc..",
                "java.net..",
                "dev.scriptorium.worker.worker..",
                "dev.scriptorium.worker.pool..",
                "dev.scriptorium.worker.files..",
                "dev.scriptorium.worker.trial.."));
  }

  @Test
  void onlyTheWorkerItselfKnowsTheNetwork() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(
                "..worker.frame..",
                "..worker.pack..",
                "..worker.pool..",
                "..worker.files..",
                "..worker.trial..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.grpc.."));
  }

  @Test
  void nothingButTheRunnerTouchesPluginCode() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage("dev.scriptorium.worker..")
            .and()
            .resideOutsideOfPackage("..worker.runner..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("dev.scriptorium.plugin.JobHandler"));
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.scriptorium.worker..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.scriptorium.plugin.*..", "dev.scriptorium.booktext.."));
  }

  @Test
  void framesAndPacksKnowNothingOfThoseWhoUseThem() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage("..worker.frame..", "..worker.pack..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "..worker.runner..", "..worker.pool..", "..worker.worker..", "..worker.trial.."));
  }

  @Test
  void packagesHaveNoCycles() {
    check(
        slices()
            .matching("dev.scriptorium.worker.(*)..")
            .namingSlices("$1")
            .should()
            .beFreeOfCycles());
  }

  @Test
  void timeIsReadFromAClockThatWasHandedIn() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.scriptorium.worker..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class));
  }

  @Test
  void namesSayWhatAClassDoes() {
    check(
        classes()
            .that()
            .resideInAPackage("dev.scriptorium.worker..")
            .and()
            .resideOutsideOfPackage("dev.scriptorium.worker.v1..")
            .should()
            .haveSimpleNameNotContaining("Manager")
            .andShould()
            .haveSimpleNameNotContaining("Helper")
            .andShould()
            .haveSimpleNameNotEndingWith("Impl")
            .andShould()
            .haveSimpleNameNotContaining("Util"));
  }

  private static void check(ArchRule rule) {
    rule.check(CLASSES);
  }
}
