package dev.scriptorium.plugin.epub;

import dev.scriptorium.booktext.BookArchive;
import dev.scriptorium.booktext.LimitReached;
import dev.scriptorium.booktext.XmlNode;
import dev.scriptorium.plugin.JobFailure;
import dev.scriptorium.plugin.Warning;
import dev.scriptorium.plugin.epub.PackageDocument.SpineItem;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipException;

/** An EPUB that was opened: archive, package document, and the proof that it is not protected. */
final class EpubFile implements Closeable {
  private static final String CONTAINER = "META-INF/container.xml";

  private final EpubTools tools;
  private final BookArchive archive;
  private final PackageDocument document;
  private final Protection protection;
  private final List<Warning> warnings;

  private EpubFile(
      EpubTools tools,
      BookArchive archive,
      PackageDocument document,
      Protection protection,
      List<Warning> warnings) {
    this.tools = tools;
    this.archive = archive;
    this.document = document;
    this.protection = protection;
    this.warnings = warnings;
  }

  /**
   * Opens a book.
   *
   * @throws JobFailure when it is no EPUB, damaged beyond use, protected, or over a limit
   */
  static EpubFile open(Path file, EpubTools tools) throws JobFailure, IOException {
    BookArchive archive = BookArchive.open(file, tools.limits());
    try {
      return open(archive, tools);
    } catch (ZipException e) {
      archive.close();
      throw new JobFailure(
          JobFailure.Reason.FILE_CORRUPT, "The archive is damaged: " + e.getMessage());
    } catch (LimitReached e) {
      archive.close();
      throw e.toFailure();
    } catch (JobFailure | IOException e) {
      archive.close();
      throw e;
    }
  }

  private static EpubFile open(BookArchive archive, EpubTools tools)
      throws JobFailure, IOException {
    List<Warning> warnings = new ArrayList<>();
    checkArchive(archive, warnings);
    Protection protection = new Protection(archive, xml(archive, tools, "META-INF/encryption.xml"));
    String path = packagePath(archive, tools, warnings);
    protection.check(Set.of(path));
    PackageDocument document =
        new PackageReader(path, tools.limits()).read(xml(archive, tools, path));
    warnings.addAll(document.warnings());
    protection.check(
        document.spine().stream().map(item -> item.item().path()).collect(Collectors.toSet()));
    if (protection.obfuscated() > 0) {
      String message = "Fonts of the book are obfuscated: " + protection.obfuscated();
      warnings.add(new Warning("FONTS_OBFUSCATED", "META-INF/encryption.xml", message));
    }
    return new EpubFile(tools, archive, document, protection, warnings);
  }

  private static void checkArchive(BookArchive archive, List<Warning> warnings) throws IOException {
    String mimetype =
        archive
            .read("mimetype", 1024)
            .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
            .orElse("");
    if (!mimetype.strip().equals("application/epub+zip")) {
      warnings.add(
          new Warning("MIMETYPE_WRONG", "mimetype", "The entry is missing or says something else"));
    }
    archive.duplicates().stream()
        .sorted()
        .limit(20)
        .forEach(
            name ->
                warnings.add(new Warning("ENTRY_REPEATED", name, "One of the entries is used")));
  }

  private static String packagePath(BookArchive archive, EpubTools tools, List<Warning> warnings)
      throws JobFailure, IOException {
    Optional<String> declared =
        xml(archive, tools, CONTAINER)
            .all("rootfile")
            .flatMap(node -> ContainerPath.resolve("", node.attribute("full-path")).stream())
            .map(ContainerPath::path)
            .filter(archive::has)
            .findFirst();
    if (declared.isPresent()) {
      return declared.get();
    }
    String found =
        archive.names().stream()
            .filter(name -> name.endsWith(".opf"))
            .min(String::compareTo)
            .orElseThrow(EpubFile::notAnEpub);
    warnings.add(
        new Warning("CONTAINER_MISSING", CONTAINER, "The package was found by its name: " + found));
    return found;
  }

  private static JobFailure notAnEpub() {
    return new JobFailure(
        JobFailure.Reason.FILE_CORRUPT, "The archive holds no package document of an EPUB");
  }

  private static XmlNode xml(BookArchive archive, EpubTools tools, String name) throws IOException {
    byte[] bytes = archive.read(name, tools.limits().documentBytes()).orElse(new byte[0]);
    return XmlNode.read(bytes, tools.xml(), tools.tolerant(), tools.limits());
  }

  /** Root of an XML document of the container; without children when there is none. */
  XmlNode xml(String path) throws IOException {
    return xml(archive, tools, path);
  }

  PackageDocument document() {
    return document;
  }

  BookArchive archive() {
    return archive;
  }

  Protection protection() {
    return protection;
  }

  /** What was wrong so far, in the order found. */
  List<Warning> warnings() {
    Stream<Warning> missing =
        document.items().values().stream()
            .filter(item -> !item.remote() && !archive.has(item.path()))
            .limit(100)
            .map(
                item ->
                    new Warning("ITEM_MISSING", item.path(), "The container has no such entry"));
    return Stream.concat(warnings.stream(), missing).toList();
  }

  /** Paths of the reading order. */
  Set<String> spinePaths() {
    return document.spine().stream()
        .map(SpineItem::item)
        .map(ManifestItem::path)
        .collect(Collectors.toSet());
  }

  @Override
  public void close() throws IOException {
    archive.close();
  }
}
