package dev.scriptorium.plugin.epub;

import dev.scriptorium.booktext.BookArchive;
import dev.scriptorium.booktext.ImageType;
import dev.scriptorium.booktext.LimitReached;
import dev.scriptorium.booktext.Thumbnails;
import dev.scriptorium.booktext.XmlNode;
import dev.scriptorium.plugin.BookSink;
import dev.scriptorium.plugin.Image;
import dev.scriptorium.plugin.Warning;
import dev.scriptorium.plugin.epub.PackageDocument.SpineItem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.ZipException;

/** Finds the cover by every convention, most explicit first, and hands it over in three sizes. */
final class Cover {
  private final EpubFile book;
  private final EpubTools tools;

  Cover(EpubFile book, EpubTools tools) {
    this.book = book;
    this.tools = tools;
  }

  /** Hands over the cover and its thumbnails; a warning when it cannot be read. */
  void deliver(BookSink sink) throws IOException {
    Optional<String> path = find();
    if (path.isEmpty()) {
      return;
    }
    try {
      Optional<byte[]> bytes = book.archive().read(path.get(), tools.limits().imageBytes());
      Optional<ImageType> type = bytes.flatMap(ImageType::of);
      if (bytes.isEmpty() || type.isEmpty()) {
        sink.warning(new Warning("COVER_UNREADABLE", path.get(), "It is no picture"));
        return;
      }
      ImageType t = type.get();
      sink.image(new Image(Image.COVER, t.mediaType(), t.width(), t.height(), bytes.get()));
      deliverThumbnails(bytes.get(), t, path.get(), sink);
    } catch (LimitReached | ZipException e) {
      sink.warning(new Warning("COVER_UNREADABLE", path.get(), String.valueOf(e.getMessage())));
    }
  }

  private void deliverThumbnails(byte[] bytes, ImageType type, String path, BookSink sink)
      throws IOException {
    byte[] picture = type.isDrawing() ? embedded(bytes) : bytes;
    Optional<Thumbnails.Thumbnail> large = tools.thumbnails().of(picture, Thumbnails.LARGE);
    if (large.isEmpty()) {
      sink.warning(new Warning("COVER_NOT_SCALED", path, "No thumbnails of this picture"));
      return;
    }
    sink.image(image(Image.COVER_LARGE, large.get()));
    Optional<Thumbnails.Thumbnail> small =
        tools.thumbnails().of(large.get().jpeg(), Thumbnails.SMALL);
    if (small.isPresent()) {
      sink.image(image(Image.COVER_SMALL, small.get()));
    }
  }

  private static Image image(String name, Thumbnails.Thumbnail thumbnail) {
    return new Image(name, "image/jpeg", thumbnail.width(), thumbnail.height(), thumbnail.jpeg());
  }

  /** The picture that a drawing wraps; empty when it wraps none. */
  private static byte[] embedded(byte[] svg) {
    String text = new String(svg, StandardCharsets.ISO_8859_1);
    int data = text.indexOf("data:image/");
    int start = data < 0 ? -1 : text.indexOf(";base64,", data);
    if (start < 0 || start - data > 40) {
      return new byte[0];
    }
    int end = Math.max(start, Math.min(indexOf(text, '"', start), indexOf(text, '\'', start)));
    String base64 = text.substring(start + ";base64,".length(), end);
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private static int indexOf(String text, char c, int from) {
    int at = text.indexOf(c, from);
    return at < 0 ? text.length() : at;
  }

  /** Path of the cover picture. */
  private Optional<String> find() throws IOException {
    PackageDocument document = book.document();
    List<Supplier<Optional<ManifestItem>>> conventions =
        List.of(
            () -> document.withProperty("cover-image"),
            this::namedByMeta,
            () -> document.byPath(document.guideCover()),
            () -> Optional.ofNullable(document.items().get("cover-image")),
            () -> Optional.ofNullable(document.items().get("cover")));
    for (Supplier<Optional<ManifestItem>> convention : conventions) {
      Optional<String> picture = picture(convention.get());
      if (picture.isPresent()) {
        return picture;
      }
    }
    return firstPage();
  }

  private Optional<ManifestItem> namedByMeta() {
    PackageDocument document = book.document();
    Optional<String> content =
        document
            .metadata()
            .all("meta")
            .filter(meta -> meta.attribute("name").equals("cover"))
            .map(meta -> meta.attribute("content"))
            .findFirst();
    // Some books give the path instead of the id.
    return content.flatMap(
        value ->
            Optional.ofNullable(document.items().get(value))
                .or(
                    () ->
                        ContainerPath.resolve(document.path(), value)
                            .flatMap(target -> document.byPath(target.path()))));
  }

  /** The item itself when it is a picture, or the first picture of the page. */
  private Optional<String> picture(Optional<ManifestItem> item) throws IOException {
    if (item.isEmpty() || item.get().remote()) {
      return Optional.empty();
    }
    if (item.get().isImage()) {
      return item.map(ManifestItem::path).filter(book.archive()::has);
    }
    return item.get().isMarkup() ? firstPicture(item.get().path()) : Optional.empty();
  }

  /** A first page that shows a single picture and says nothing is a cover. */
  private Optional<String> firstPage() throws IOException {
    List<SpineItem> spine = book.document().spine();
    if (spine.isEmpty() || !spine.getFirst().item().isMarkup()) {
      return Optional.empty();
    }
    String path = spine.getFirst().item().path();
    return page(path)
        .filter(page -> page.root().all("body").noneMatch(Cover::hasText))
        .flatMap(page -> page.pictures().size() == 1 ? page.first() : Optional.empty());
  }

  private static boolean hasText(XmlNode body) {
    return !body.rawText().isBlank();
  }

  private Optional<String> firstPicture(String path) throws IOException {
    return page(path).flatMap(Page::first);
  }

  private Optional<Page> page(String path) throws IOException {
    try {
      XmlNode root = book.xml(path);
      BookArchive archive = book.archive();
      List<String> pictures =
          root.all()
              .flatMap(node -> source(node).stream())
              .flatMap(source -> ContainerPath.resolve(path, source).stream())
              .map(ContainerPath::path)
              .filter(archive::has)
              .toList();
      return Optional.of(new Page(root, pictures));
    } catch (LimitReached | ZipException e) {
      // The page is no cover then; parsing the book says what is wrong with it.
      return Optional.empty();
    }
  }

  private static Optional<String> source(XmlNode node) {
    return switch (node.name()) {
      case "img" -> Optional.of(node.attribute("src"));
      case "image" -> Optional.of(node.attribute("xlink:href") + node.attribute("href"));
      default -> Optional.empty();
    };
  }

  private record Page(XmlNode root, List<String> pictures) {
    Optional<String> first() {
      return pictures.stream().findFirst();
    }
  }
}
