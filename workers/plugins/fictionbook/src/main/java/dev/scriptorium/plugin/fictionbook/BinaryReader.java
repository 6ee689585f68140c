package dev.scriptorium.plugin.fictionbook;

import dev.scriptorium.booktext.ImageType;
import dev.scriptorium.booktext.Limits;
import dev.scriptorium.booktext.MarkupAttributes;
import dev.scriptorium.booktext.MarkupHandler;
import dev.scriptorium.booktext.Thumbnails;
import dev.scriptorium.booktext.Thumbnails.Thumbnail;
import dev.scriptorium.plugin.BookSink;
import dev.scriptorium.plugin.Image;
import dev.scriptorium.plugin.JobFailure;
import dev.scriptorium.plugin.Warning;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Predicate;

/** Hands over the pictures that a FictionBook holds as text, one in memory at a time. */
final class BinaryReader {
  private final Limits limits;
  private final Thumbnails thumbnails;
  private final BookSink sink;

  BinaryReader(Limits limits, Thumbnails thumbnails, BookSink sink) {
    this.limits = limits;
    this.thumbnails = thumbnails;
    this.sink = sink;
  }

  /** Every picture under its id. */
  void deliverAll(FictionBookFile book) throws JobFailure, IOException {
    book.read(new Binaries(id -> true, this::picture));
  }

  /** The cover and its thumbnails. */
  void deliverCover(FictionBookFile book, String coverId) throws JobFailure, IOException {
    if (!coverId.isEmpty()) {
      book.read(new Binaries(coverId::equals, this::cover));
    }
  }

  private void picture(String id, byte[] bytes) throws IOException {
    image(id, id, bytes);
  }

  private void cover(String id, byte[] bytes) throws IOException {
    image(Image.COVER, id, bytes);
    Optional<Thumbnail> large = thumbnails.of(bytes, Thumbnails.LARGE);
    if (large.isEmpty()) {
      sink.warning(new Warning("COVER_NOT_SCALED", id, "No thumbnails of this picture"));
      return;
    }
    image(Image.COVER_LARGE, id, large.get().jpeg());
    Optional<Thumbnail> small = thumbnails.of(large.get().jpeg(), Thumbnails.SMALL);
    if (small.isPresent()) {
      image(Image.COVER_SMALL, id, small.get().jpeg());
    }
  }

  private void image(String resource, String id, byte[] bytes) throws IOException {
    Optional<ImageType> type = ImageType.of(bytes);
    if (type.isEmpty()) {
      sink.warning(new Warning("IMAGE_UNREADABLE", id, "It is no picture of a known type"));
      return;
    }
    ImageType t = type.get();
    sink.image(new Image(resource, t.mediaType(), t.width(), t.height(), bytes));
  }

  /** What is done with a picture. */
  private interface Taker {
    void take(String id, byte[] bytes) throws IOException;
  }

  private final class Binaries implements MarkupHandler {
    private final Predicate<String> wanted;
    private final Taker taker;
    private final StringBuilder base64 = new StringBuilder();
    private String id = "";
    private boolean tooLarge;
    private int count;

    Binaries(Predicate<String> wanted, Taker taker) {
      this.wanted = wanted;
      this.taker = taker;
    }

    @Override
    public void start(String element, MarkupAttributes attributes) {
      String name = attributes.getOrEmpty("id");
      boolean binary = element.equals("binary") && !name.isEmpty() && wanted.test(name);
      id = binary && ++count <= limits.entries() ? name : "";
      base64.setLength(0);
      tooLarge = false;
    }

    @Override
    public void text(char[] chars, int offset, int length) {
      if (!id.isEmpty()) {
        tooLarge |= base64.length() + length > limits.imageBytes() / 3 * 4L;
        if (!tooLarge) {
          base64.append(chars, offset, length);
        }
      }
    }

    @Override
    public void end(String element) {
      if (id.isEmpty()) {
        return;
      }
      try {
        decode();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      id = "";
    }

    private void decode() throws IOException {
      if (tooLarge) {
        sink.degraded();
        sink.warning(new Warning("IMAGE_UNREADABLE", id, "It is larger than the limit allows"));
        return;
      }
      byte[] bytes;
      try {
        bytes = Base64.getMimeDecoder().decode(base64.toString());
      } catch (IllegalArgumentException e) {
        sink.warning(new Warning("IMAGE_UNREADABLE", id, "Its base64 text is damaged"));
        return;
      }
      taker.take(id, bytes);
    }
  }
}
