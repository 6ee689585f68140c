package dev.scriptorium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.fake.FakeServer;
import dev.scriptorium.v1.AddBooksRequest;
import dev.scriptorium.v1.Collection;
import dev.scriptorium.v1.CreateCollectionRequest;
import dev.scriptorium.v1.DeleteCollectionRequest;
import dev.scriptorium.v1.RemoveBooksRequest;
import dev.scriptorium.v1.ShareCollectionRequest;
import dev.scriptorium.v1.UnshareCollectionRequest;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectionCommandsTest {
  private static final String BOOK = "books/00000000-0000-7000-8000-000000000001";

  private final FakeServer server = new FakeServer();
  @TempDir private Path home = Path.of("");

  @AfterEach
  void close() {
    server.close();
  }

  private CommandRun run(String... arguments) {
    return CommandRun.of(server, home, arguments);
  }

  private Object asked() {
    return server.collections().asked().getLast();
  }

  @Test
  void collectionsAreListed() {
    assertThat(run("collections").out())
        .isEqualTo(
            """
            COLLECTION     TITLE    BOOKS  CHANGED
            collections/1  The sea      2  2026-09-21 14:13
            """);
    assertThat(run("collections", "--with-me").out()).contains("Hills");
    assertThat(run("collections", "books", "hills").out()).contains("books/1", "The Ebb");
  }

  @Test
  void aCollectionIsMadeFilledAndDeleted() {
    assertThat(run("collections", "create", "The sea").out())
        .isEqualTo("collections/1  The sea, 0 books\n");
    assertThat(asked())
        .isEqualTo(
            CreateCollectionRequest.newBuilder()
                .setCollection(Collection.newBuilder().setTitle("The sea"))
                .build());
    run("collections", "add", "the sea", BOOK);
    assertThat(asked())
        .isEqualTo(AddBooksRequest.newBuilder().setName("collections/1").addBooks(BOOK).build());
    run("collections", "remove", "collections/1", BOOK);
    assertThat(asked())
        .isEqualTo(RemoveBooksRequest.newBuilder().setName("collections/1").addBooks(BOOK).build());
    run("collections", "delete", "The sea");
    assertThat(asked())
        .isEqualTo(DeleteCollectionRequest.newBuilder().setName("collections/1").build());
    assertThat(run("collections", "delete", "Unknown").exitCode()).isEqualTo(5);
  }

  @Test
  void aCollectionIsSharedAndGivenBack() {
    assertThat(run("collections", "share", "The sea", "--with", "john@example.org").out())
        .isEqualTo("John reads collections/1\n");
    assertThat(asked())
        .isEqualTo(
            ShareCollectionRequest.newBuilder()
                .setName("collections/1")
                .setReader("john@example.org")
                .build());
    assertThat(run("collections", "share", "The sea").out()).contains("John");
    run("collections", "share", "Hills", "--with", "users/me", "--end");
    assertThat(asked())
        .isEqualTo(
            UnshareCollectionRequest.newBuilder()
                .setName("collections/2")
                .setReader("users/me")
                .build());
    assertThat(run("collections", "share", "The sea", "--end").exitCode()).isEqualTo(2);
  }

  @Test
  void facetsAreCounted() {
    assertThat(run("facets", "--by", "author,media_type").out())
        .isEqualTo(
            """
            FACET       VALUE  BOOKS
            author      Mary       2
            media_type  Mary       2
            """);
    assertThat(run("facets", "--filter", "opened = true").out()).contains("of the newest 3 books");
  }
}
