package dev.scriptorium.plugin.fictionbook;

import dev.scriptorium.booktext.CanonicalText;
import dev.scriptorium.booktext.LanguageTag;
import dev.scriptorium.booktext.Limits;
import dev.scriptorium.booktext.XmlNode;
import dev.scriptorium.plugin.Metadata;
import dev.scriptorium.plugin.Metadata.Contributor;
import dev.scriptorium.plugin.Metadata.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the description element says. */
final class Description {
  private static final int MAX_VALUES = 200;

  private final Limits limits;
  private final XmlNode root;
  private final XmlNode title;

  Description(XmlNode root, Limits limits) {
    this.limits = limits;
    this.root = root;
    this.title = root.child("title-info").orElse(root);
  }

  Metadata metadata() {
    return new Metadata(
        "FictionBook 2",
        line(title, "book-title"),
        contributors(),
        languages(),
        annotation(),
        root.child("publish-info").map(info -> line(info, "publisher")).orElse(""),
        published(),
        sequence().map(s -> s.attribute("name").strip()).orElse(""),
        sequenceNumber(),
        lines(title.children("genre")),
        identifiers(),
        0);
  }

  /** Id of the binary that is the cover; empty when there is none. */
  String coverId() {
    return title
        .child("coverpage")
        .flatMap(page -> page.child("image"))
        .map(image -> image.attribute("xlink:href") + image.attribute("href"))
        .map(href -> href.startsWith("#") ? href.substring(1) : href)
        .orElse("");
  }

  private List<Contributor> contributors() {
    List<Contributor> found = new ArrayList<>();
    title.children("author").forEach(author -> add(author, "aut", found));
    title.children("translator").forEach(translator -> add(translator, "trl", found));
    return found.stream().limit(MAX_VALUES).toList();
  }

  private void add(XmlNode person, String role, List<Contributor> found) {
    String first = line(person, "first-name");
    String middle = line(person, "middle-name");
    String last = line(person, "last-name");
    String given = join(first, middle);
    String name = join(given, last);
    if (name.isEmpty()) {
      name = line(person, "nickname");
    }
    if (!name.isEmpty()) {
      String fileAs = last.isEmpty() || given.isEmpty() ? "" : last + ", " + given;
      found.add(new Contributor(name, role, fileAs));
    }
  }

  private static String join(String first, String second) {
    return (first + " " + second).strip();
  }

  private List<String> languages() {
    return LanguageTag.normalise(line(title, "lang")).stream().toList();
  }

  private String annotation() {
    CanonicalText text = new CanonicalText(limits.metadataCodePoints());
    title
        .child("annotation")
        .ifPresent(
            annotation ->
                annotation
                    .children()
                    .forEach(
                        paragraph -> {
                          text.startBlock();
                          text.text(paragraph.rawText());
                          text.endBlock();
                        }));
    return text.finish();
  }

  private String published() {
    String year = root.child("publish-info").map(info -> line(info, "year")).orElse("");
    return year.isEmpty() ? line(title, "date") : year;
  }

  private Optional<XmlNode> sequence() {
    return title.child("sequence");
  }

  private OptionalDouble sequenceNumber() {
    String number = sequence().map(s -> s.attribute("number").strip()).orElse("");
    return number.matches("\\d{1,6}(\\.\\d{1,3})?")
        ? OptionalDouble.of(Double.parseDouble(number))
        : OptionalDouble.empty();
  }

  private List<Identifier> identifiers() {
    Stream<Identifier> isbn =
        root.children("publish-info")
            .flatMap(info -> info.children("isbn"))
            .map(node -> new Identifier("isbn", node.line(limits.metadataCodePoints())));
    Stream<Identifier> id =
        root.children("document-info")
            .flatMap(info -> info.children("id"))
            .map(node -> new Identifier("fb2", node.line(limits.metadataCodePoints())));
    return Stream.concat(isbn, id)
        .filter(identifier -> !identifier.value().isEmpty())
        .collect(Collectors.toList());
  }

  private List<String> lines(Stream<XmlNode> nodes) {
    return nodes
        .map(node -> node.line(limits.metadataCodePoints()))
        .filter(line -> !line.isEmpty())
        .limit(MAX_VALUES)
        .toList();
  }

  private String line(XmlNode parent, String child) {
    return parent.child(child).map(node -> node.line(limits.metadataCodePoints())).orElse("");
  }
}
