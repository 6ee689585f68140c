package dev.scriptorium.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.booktext.RecordedBook;
import dev.scriptorium.plugin.JobFailure;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;

/**
 * How the reading of a file ended: in a book, with or without warnings, or in a refusal. Any other
 * end fails the test that asks.
 */
record Ending(RecordedBook book, Optional<JobFailure> failure) {
  /** What a file may take; a hang of the machine alone must not fail a test. */
  static final Duration TIME = Duration.ofSeconds(10);

  /** Reads a file of {@code folder}, which afterwards holds nothing but it. */
  static Ending of(String mediaType, Path file, Path folder) throws IOException {
    Path scratch = Files.createTempDirectory(folder, "scratch");
    RecordedBook book = Parsers.boundedBook();
    Ending ending =
        Assertions.assertTimeoutPreemptively(
            TIME,
            () -> {
              try {
                Parsers.read(mediaType, file, scratch, book);
                return new Ending(book, Optional.empty());
              } catch (JobFailure failure) {
                return new Ending(book, Optional.of(failure));
              }
            });
    delete(scratch);
    return ending;
  }

  /** Asserts that the whole book was read, and gives it. */
  RecordedBook ok() {
    assertThat(failure).as("is read").isEmpty();
    assertThat(book.chapters).as("has chapters").isNotEmpty();
    return book;
  }

  /** Asserts that readable text came and something is said to be lost, and gives the book. */
  RecordedBook partial() {
    ok();
    assertThat(book.warnings).as("says what was lost").isNotEmpty();
    return book;
  }

  /** Asserts that the file was refused in proper words. */
  JobFailure rejected() {
    assertThat(failure).as("is refused").isPresent();
    assertThat(failure.orElseThrow()).hasMessageNotContaining("null");
    return failure.orElseThrow();
  }

  /** Asserts what must hold for every file, however it ends. */
  void harmless() {
    failure.ifPresent(refused -> assertThat(refused).hasMessageNotContaining("null"));
    book.chapters.forEach(
        chapter ->
            assertThat(chapter.html())
                .doesNotContainPattern(
                    "(?i)<script|<iframe|<form|javascript:|[\\s\"']on[a-z]+=|(src|href)=\"data:"));
  }

  private static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, java.io.IOException error)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
