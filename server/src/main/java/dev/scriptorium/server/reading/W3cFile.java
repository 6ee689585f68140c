package dev.scriptorium.server.reading;

import dev.scriptorium.server.reading.AnnotationStore.Shown;
import dev.scriptorium.v1.Annotation;
import java.util.ArrayList;
import java.util.List;

/** A W3C AnnotationPage (Web Annotation Data Model) as JSON-LD, an annotation a line. */
final class W3cFile implements AnnotationFile {
  private boolean begun;

  @Override
  public String head() {
    return "{\"@context\":\"http://www.w3.org/ns/anno.jsonld\",\"type\":\"AnnotationPage\",\"items\":[";
  }

  @Override
  public String body(List<Shown> marks) {
    StringBuilder text = new StringBuilder();
    for (Shown mark : marks) {
      text.append(begun ? ",\n" : "\n").append(item(mark));
      begun = true;
    }
    return text.toString();
  }

  @Override
  public String foot() {
    return "\n]}\n";
  }

  @Override
  public String mediaType() {
    return "application/ld+json; profile=\"http://www.w3.org/ns/anno.jsonld\"";
  }

  private static String item(Shown shown) {
    Mark mark = shown.mark();
    List<String> fields = new ArrayList<>();
    fields.add(field("id", "urn:uuid:" + mark.id()));
    fields.add(field("type", "Annotation"));
    fields.add(field("motivation", motivation(mark.type())));
    fields.add(field("created", mark.createdAt().toString()));
    fields.add(field("modified", mark.updatedAt().toString()));
    List<String> bodies = bodies(mark);
    if (!bodies.isEmpty()) {
      fields.add("\"body\":[" + String.join(",", bodies) + "]");
    }
    fields.add("\"target\":" + target(shown));
    return object(fields);
  }

  private static String motivation(Annotation.Type type) {
    return switch (type) {
      case TYPE_BOOKMARK -> "bookmarking";
      case TYPE_NOTE -> "commenting";
      case TYPE_HIGHLIGHT, TYPE_UNSPECIFIED, UNRECOGNIZED -> "highlighting";
    };
  }

  private static List<String> bodies(Mark mark) {
    List<String> bodies = new ArrayList<>();
    if (!mark.content().note().isEmpty()) {
      bodies.add(body("commenting", mark.content().note()));
    }
    mark.content().tags().forEach(tag -> bodies.add(body("tagging", tag)));
    return bodies;
  }

  private static String body(String purpose, String value) {
    return object(
        List.of(
            field("type", "TextualBody"),
            field("purpose", purpose),
            field("format", "text/plain"),
            field("value", value)));
  }

  private static String target(Shown shown) {
    Mark mark = shown.mark();
    List<String> fields = new ArrayList<>();
    fields.add("\"source\":" + source(shown));
    if (!mark.content().color().isEmpty()) {
      fields.add(field("styleClass", mark.content().color()));
    }
    List<String> selectors = new ArrayList<>();
    if (!mark.place().quote().exact().isEmpty()) {
      selectors.add(quote(mark.place().quote()));
    }
    selectors.add(
        object(
            List.of(
                field("type", "TextPositionSelector"),
                "\"start\":" + mark.place().start(),
                "\"end\":" + mark.place().end())));
    fields.add("\"selector\":[" + String.join(",", selectors) + "]");
    return object(fields);
  }

  private static String source(Shown shown) {
    List<String> fields = new ArrayList<>();
    fields.add(field("id", "urn:uuid:" + shown.mark().book()));
    fields.add(field("type", "Text"));
    fields.add(field("dcterms:title", shown.title()));
    if (!shown.authors().isEmpty()) {
      fields.add(
          "\"dcterms:creator\":["
              + String.join(",", shown.authors().stream().map(W3cFile::quoted).toList())
              + "]");
    }
    return object(fields);
  }

  private static String quote(dev.scriptorium.positions.Quote quote) {
    return object(
        List.of(
            field("type", "TextQuoteSelector"),
            field("exact", quote.exact()),
            field("prefix", quote.prefix()),
            field("suffix", quote.suffix())));
  }

  private static String object(List<String> fields) {
    return "{" + String.join(",", fields) + "}";
  }

  private static String field(String name, String value) {
    return quoted(name) + ":" + quoted(value);
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\n' -> json.append("\\n");
        default -> {
          if (c < ' ' || c == '\u2028' || c == '\u2029') {
            json.append("\\u%04x".formatted((int) c));
          } else {
            json.append(c);
          }
        }
      }
    }
    return json.append('"').toString();
  }
}
