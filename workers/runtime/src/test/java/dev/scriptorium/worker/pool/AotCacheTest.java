package dev.scriptorium.worker.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.worker.files.ByteSize;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotCacheTest {
  @TempDir private Path folder;

  @Test
  void anotherProgramHasAnotherCache() throws IOException {
    Path jar = Files.writeString(folder.resolve("a.jar"), "one");
    Path first = cache(jar.toString()).draft();

    Files.writeString(jar, "one and more");

    assertThat(cache(jar.toString()).draft()).isNotEqualTo(first);
  }

  @Test
  void aNewCacheTakesThePlaceOfOldOnes() throws IOException {
    Path jar = Files.writeString(folder.resolve("a.jar"), "one");
    AotCache cache = cache(jar.toString());
    Files.createDirectories(cache.folder());
    Path old = Files.writeString(cache.folder().resolve("old.aot"), "old");
    assertThat(cache.wanted()).isTrue();
    assertThat(cache.file()).isEmpty();

    Files.writeString(cache.draft(), "new");
    cache.publish();

    assertThat(cache.file()).hasValueSatisfying(file -> assertThat(file).hasContent("new"));
    assertThat(cache.wanted()).isFalse();
    assertThat(old).doesNotExist();
    cache.distrust();
    assertThat(cache.file()).isEmpty();
  }

  @Test
  void aClassPathWithFoldersHasNone() throws IOException {
    Path jar = Files.writeString(folder.resolve("a.jar"), "one");
    Path classes = Files.createDirectory(folder.resolve("classes"));

    assertThat(cache(jar + File.pathSeparator + classes).wanted()).isFalse();
  }

  private AotCache cache(String classPath) throws IOException {
    return AotCache.of(
        folder.resolve("aot"),
        RunnerSettings.of(Path.of("java"), classPath, folder, ByteSize.ofMebibytes(64)));
  }
}
