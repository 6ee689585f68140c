package dev.scriptorium.plugin.fictionbook;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private final JavaClasses all =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.scriptorium.plugin.fictionbook");

  @Test
  void aPluginKnowsThePluginApiAndBookTextAlone() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.jspecify..",
            "dev.scriptorium.plugin",
            "dev.scriptorium.booktext",
            "dev.scriptorium.positions",
            "dev.scriptorium.plugin.fictionbook")
        .check(all);
  }
}
