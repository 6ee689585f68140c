package dev.scriptorium.cli;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.Failure;
import dev.scriptorium.v1.Stage;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How far the import of one file is. Changed by the thread that shows it, and by no other. */
final class BookImport {
  // Shares of the bar: what each step takes of a usual import's time, roughly.
  private static final int UPLOAD_SHARE = 10;
  private static final int[] TIER_SHARES = {10, 30, 50};

  private final Path file;
  private Status status = Status.WAITING;
  private long sentBytes;
  private long totalBytes;
  private @Nullable Book book;
  private boolean duplicate;
  private boolean ended;
  private String activity = "";
  private ImportEvent.@Nullable Refused refused;

  BookImport(Path file) {
    this.file = file;
  }

  /** Takes an event in. True when a step was completed by it. */
  boolean apply(ImportEvent event) {
    Status before = status;
    Book.State stateBefore = state();
    switch (event) {
      case ImportEvent.Sent sent -> {
        status = Status.UPLOADING;
        sentBytes = sent.sentBytes();
        totalBytes = sent.totalBytes();
      }
      case ImportEvent.Stored stored -> {
        status = Status.STORED;
        book = stored.book();
        duplicate = stored.duplicate();
      }
      case ImportEvent.Advanced advanced -> {
        book = advanced.book();
        activity = advanced.activity();
      }
      case ImportEvent.Lost _ -> activity = "connection lost, trying again";
      case ImportEvent.Finished _ -> {
        ended = true;
        status = ending();
      }
      case ImportEvent.Refused error -> {
        ended = true;
        refused = error;
        status = Status.FAILED;
      }
    }
    return status != before || state() != stateBefore;
  }

  private Status ending() {
    if (book != null && book.getState() == Book.State.STATE_FAILED) {
      return Status.FAILED;
    }
    if (book != null && book.hasFailure()) {
      return Status.INCOMPLETE;
    }
    if (state() != Book.State.STATE_ANALYZED) {
      return Status.STORED;
    }
    return duplicate ? Status.EXISTS : Status.IMPORTED;
  }

  Path file() {
    return file;
  }

  /** True when nothing more happens to it here. */
  boolean ended() {
    return ended;
  }

  Status status() {
    return status;
  }

  /** The book, once the server has it. */
  @Nullable Book book() {
    return book;
  }

  private Book.State state() {
    return book == null ? Book.State.STATE_UNSPECIFIED : book.getState();
  }

  long totalBytes() {
    return totalBytes;
  }

  /** Exit code that this file asks for. */
  int exitCode() {
    return switch (status) {
      case FAILED -> refused == null ? 1 : refused.exitCode();
      case INCOMPLETE -> 1;
      case WAITING, UPLOADING, STORED, IMPORTED, EXISTS -> 0;
    };
  }

  /** 0 to 100 over upload and tiers. */
  int percent() {
    if (book == null) {
      return totalBytes == 0 ? 0 : (int) (sentBytes * UPLOAD_SHARE / totalBytes);
    }
    int percent = UPLOAD_SHARE * 100;
    for (Stage stage : book.getStagesList()) {
      int tier = stage.getTier() - 1;
      if (tier >= 0 && tier < TIER_SHARES.length) {
        boolean done = stage.getState() == Stage.State.STATE_DONE;
        percent += TIER_SHARES[tier] * (done ? 100 : stage.getPercent());
      }
    }
    return percent / 100;
  }

  /** What is being done, for the end of a bar. */
  String activity() {
    if (book == null) {
      return status == Status.WAITING
          ? "waiting"
          : "uploading " + Words.size(sentBytes) + " of " + Words.size(totalBytes);
    }
    return activity.isEmpty() ? BookLines.state(book) : activity;
  }

  /** Why it is not all there; null when nothing failed. */
  @Nullable Failed failure() {
    if (refused != null) {
      return new Failed(refused.reason(), refused.message(), "");
    }
    if (book == null || !book.hasFailure()) {
      return null;
    }
    Failure failure = book.getFailure();
    return new Failed(
        ProtoJson.name(failure.getReason().getValueDescriptor()),
        failure.getMessage(),
        failure.getLimit());
  }

  JsonObject json() {
    JsonObject json = new JsonObject();
    json.addProperty("file", file.toString());
    json.addProperty("status", status.name().toLowerCase(Locale.ROOT));
    json.addProperty("duplicate", duplicate);
    json.add("book", book == null ? JsonNull.INSTANCE : ProtoJson.of(book));
    Failed failed = failure();
    json.add("error", failed == null ? JsonNull.INSTANCE : failed.json());
    return json;
  }

  /** How far. The names are part of the JSON output. */
  enum Status {
    /** Nothing was sent yet. */
    WAITING,
    /** Bytes are on their way. */
    UPLOADING,
    /** The server has the file; its import goes on there. */
    STORED,
    /** All three tiers are done. */
    IMPORTED,
    /** The server had this file, with all three tiers done. */
    EXISTS,
    /** Readable, but a later step failed. */
    INCOMPLETE,
    /** Not imported. */
    FAILED
  }

  /**
   * Why.
   *
   * @param limit the limit that was reached, or empty
   */
  record Failed(String reason, String message, String limit) {
    JsonObject json() {
      JsonObject json = new JsonObject();
      json.addProperty("reason", reason);
      json.addProperty("message", message);
      json.addProperty("limit", limit);
      return json;
    }

    @Override
    public String toString() {
      return reason
          + ": "
          + Cells.clean(message + (limit.isEmpty() ? "" : " (limit " + limit + ")"));
    }
  }
}
