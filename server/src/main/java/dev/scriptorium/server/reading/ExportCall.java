package dev.scriptorium.server.reading;

import dev.scriptorium.server.reading.AnnotationStore.After;
import dev.scriptorium.server.reading.AnnotationStore.Shown;
import dev.scriptorium.server.wire.PacedAnswer;
import dev.scriptorium.v1.ExportAnnotationsRequest;
import dev.scriptorium.v1.ExportAnnotationsResponse;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** One ExportAnnotations call: a page is read when the client has taken the one before. */
final class ExportCall implements Runnable {
  private static final int PAGE = 200;
  // Well below the largest message: a page of long notes goes out in pieces.
  private static final int PIECE = 256 << 10;

  private final UUID owner;
  private final ExportAnnotationsRequest request;
  private final AnnotationLists lists;
  private final PacedAnswer<ExportAnnotationsResponse> answer;
  private boolean begun;

  ExportCall(
      UUID owner,
      ExportAnnotationsRequest request,
      AnnotationLists lists,
      PacedAnswer<ExportAnnotationsResponse> answer) {
    this.owner = owner;
    this.request = request;
    this.lists = lists;
    this.answer = answer;
  }

  @Override
  public void run() {
    try {
      export();
      answer.complete();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // The edge of this thread: the interceptor turns it into an error of the API.
      answer.fail(e);
    }
  }

  private void export() throws InterruptedException {
    Optional<UUID> book = ReadingName.books("parent", request.getParent());
    AnnotationFile file = AnnotationFile.of(request.getFormat());
    After after = AnnotationLists.beginning(book);
    List<Shown> page = lists.page(owner, book, after, false, PAGE);
    send(file, file.head());
    while (!page.isEmpty() && !answer.isOver()) {
      send(file, file.body(page));
      after = page.getLast().at();
      page = page.size() < PAGE ? List.of() : lists.page(owner, book, after, false, PAGE);
    }
    send(file, file.foot());
  }

  private void send(AnnotationFile file, String text) throws InterruptedException {
    int from = 0;
    while ((from < text.length() || !begun) && !answer.isOver()) {
      int to = Math.min(text.length(), from + PIECE);
      if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
        to--;
      }
      ExportAnnotationsResponse.Builder piece =
          ExportAnnotationsResponse.newBuilder().setText(text.substring(from, to));
      if (!begun) {
        piece.setMediaType(file.mediaType());
        begun = true;
      }
      answer.send(piece.build());
      from = to;
    }
  }
}
