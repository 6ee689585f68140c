package dev.scriptorium.cli;

import dev.scriptorium.client.CollectionsClient;
import dev.scriptorium.client.ScriptoriumClient;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.Collection;
import dev.scriptorium.v1.CollectionShare;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What can be done with collections. */
final class CollectionActions {
  private static final String COLLECTION = "Its title, or collections/ID.";

  private CollectionActions() {}

  private static String nameOf(ScriptoriumClient client, String wanted) {
    return new CollectionFinder(client.collections()).nameOf(wanted);
  }

  private static List<String> books(ScriptoriumClient client, List<String> wanted) {
    BookFinder finder = new BookFinder(client);
    return wanted.stream().map(finder::nameOf).toList();
  }

  private static String summary(Collection collection) {
    return collection.getName()
        + "  "
        + Cells.clean(collection.getTitle())
        + ", "
        + Words.count(collection.getBookCount(), "book");
  }

  /** Makes one. */
  @Command(name = "create", description = "Makes a collection without books.")
  static final class Create extends Subcommand {
    @Parameters(paramLabel = "TITLE", description = "What it is called.")
    private String title = "";

    @Option(names = "--description", paramLabel = "TEXT", description = "What it is about.")
    private String description = "";

    Create(Shell shell, Common collections) {
      super(shell, collections);
    }

    @Override
    int act(ScriptoriumClient client) {
      Collection made = client.collections().create(title, description);
      if (json()) {
        printJson(made);
      } else {
        print(summary(made));
      }
      return 0;
    }
  }

  /** Changes which books are in one. */
  abstract static class Change extends Subcommand {
    @Parameters(index = "0", paramLabel = "COLLECTION", description = COLLECTION)
    private String collection = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "BOOK", description = Help.BOOK)
    private List<String> books = List.of();

    Change(Shell shell, Common collections) {
      super(shell, collections);
    }

    abstract Collection change(CollectionsClient collections, String name, List<String> books);

    @Override
    final int act(ScriptoriumClient client) {
      Collection changed =
          change(client.collections(), nameOf(client, collection), books(client, books));
      if (json()) {
        printJson(changed);
      } else {
        print(summary(changed));
      }
      return 0;
    }
  }

  /** Puts books in. */
  @Command(name = "add", description = "Puts books at the end of a collection.")
  static final class Add extends Change {
    Add(Shell shell, Common collections) {
      super(shell, collections);
    }

    @Override
    Collection change(CollectionsClient collections, String name, List<String> books) {
      return collections.add(name, books);
    }
  }

  /** Takes books out. */
  @Command(name = "remove", description = "Takes books out of a collection.")
  static final class Remove extends Change {
    Remove(Shell shell, Common collections) {
      super(shell, collections);
    }

    @Override
    Collection change(CollectionsClient collections, String name, List<String> books) {
      return collections.remove(name, books);
    }
  }

  /** Lists its books. */
  @Command(name = "books", description = "Shows the books of a collection, in its order.")
  static final class Books extends Subcommand {
    @Parameters(paramLabel = "COLLECTION", description = COLLECTION)
    private String collection = "";

    Books(Shell shell, Common collections) {
      super(shell, collections);
    }

    @Override
    int act(ScriptoriumClient client) {
      try (Stream<Book> found = client.collections().books(nameOf(client, collection))) {
        if (json()) {
          found.forEach(this::printJson);
          return 0;
        }
        // The whole name: a shared book is in no list of ours by which a part of it is found.
        Table table = new Table("BOOK", "*TITLE", "*AUTHOR", ">WORDS");
        found.forEach(
            book ->
                table.row(
                    book.getName(),
                    book.getTitle(),
                    BookLines.authors(book),
                    Words.count(book.getWordCount())));
        print(table);
      }
      return 0;
    }
  }

  /** Shares one. */
  @Command(
      name = "share",
      description =
          "Lets another user read what is in a collection, or ends that; without --with it lists"
              + " who may.")
  static final class ShareWith extends Subcommand {
    @Parameters(paramLabel = "COLLECTION", description = COLLECTION)
    private String collection = "";

    @Option(
        names = "--with",
        paramLabel = "READER",
        description = "E-mail address or users/ID of the reader; users/me to give it back.")
    private @Nullable String reader;

    @Option(names = "--end", description = "Share it no longer.")
    private boolean end;

    ShareWith(Shell shell, Common collections) {
      super(shell, collections);
    }

    @Override
    void check() {
      if (end && reader == null) {
        throw new CliException(2, "--end needs --with: whose reading ends");
      }
    }

    @Override
    int act(ScriptoriumClient client) {
      String name = nameOf(client, collection);
      if (reader == null) {
        client.collections().shares(name).forEach(this::report);
      } else if (end) {
        client.collections().unshare(name, reader);
        if (!json()) {
          print("not shared with " + Cells.clean(reader) + " any more");
        }
      } else {
        report(client.collections().share(name, reader));
      }
      return 0;
    }

    private void report(CollectionShare share) {
      if (json()) {
        printJson(share);
      } else {
        print(Cells.clean(share.getReaderDisplayName()) + " reads " + share.getCollection());
      }
    }
  }

  /** Deletes one. */
  @Command(name = "delete", description = "Deletes a collection; its books stay.")
  static final class Delete extends Subcommand {
    @Parameters(paramLabel = "COLLECTION", description = COLLECTION)
    private String collection = "";

    Delete(Shell shell, Common collections) {
      super(shell, collections);
    }

    @Override
    int act(ScriptoriumClient client) {
      String name = nameOf(client, collection);
      client.collections().delete(name);
      if (!json()) {
        print("deleted " + name);
      }
      return 0;
    }
  }
}
