package dev.scriptorium.booktext;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private final JavaClasses all =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.scriptorium.booktext");

  @Test
  void bookTextKnowsThePluginApiAndItsParsersAlone() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "javax.xml.stream..",
            "javax.imageio..",
            "org.jspecify..",
            "org.jsoup..",
            "com.fasterxml.aalto..",
            "org.codehaus.stax2..",
            "dev.scriptorium.plugin",
            "dev.scriptorium.positions",
            "dev.scriptorium.booktext")
        .check(all);
  }
}
