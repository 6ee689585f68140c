package dev.scriptorium.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class DependenciesTest {
  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.scriptorium.client", "dev.scriptorium.cli");

  @Test
  void theLibraryNeedsNothingOfTheCommandLine() {
    noClasses()
        .that()
        .resideInAPackage("dev.scriptorium.client..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.scriptorium.cli..", "picocli..", "com.google.gson..")
        .check(classes);
  }

  @Test
  void theCommandLineCallsThroughTheLibrary() {
    noClasses()
        .that()
        .resideInAPackage("dev.scriptorium.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.grpc..")
        .check(classes);
  }
}
