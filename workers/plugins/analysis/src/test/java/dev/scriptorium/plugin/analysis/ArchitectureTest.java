package dev.scriptorium.plugin.analysis;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final String ROOT = "dev.scriptorium.plugin.analysis";

  private final JavaClasses all =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void aPluginKnowsThePluginApiAndItsEngineAlone() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.jspecify..",
            "org.slf4j..",
            "opennlp..",
            "dev.scriptorium.plugin",
            ROOT + "..")
        .check(all);
  }

  @Test
  void onlyTheReadingOfTextKnowsTheEngine() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".text")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("opennlp..")
        .check(all);
  }

  @Test
  void membersKnowTheTextAloneAndNobodyKnowsTheTraining() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".members")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT, ROOT + ".names", ROOT + ".passages")
        .check(all);
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".training")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".training")
        .check(all);
  }

  @Test
  void passagesAndNamesKnowTheTextAndNotEachOther() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".passages")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT, ROOT + ".names")
        .check(all);
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".names")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT, ROOT + ".passages")
        .check(all);
  }
}
