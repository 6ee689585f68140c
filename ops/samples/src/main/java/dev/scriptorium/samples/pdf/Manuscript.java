package dev.scriptorium.samples.pdf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A book as it was written: {@code book.txt} with one {@code name: value} a line, and the text
 * files it names.
 *
 * @param subject one sentence
 * @param keywords separated by commas
 * @param language BCP 47
 * @param front paragraphs of the page behind the title
 * @param parts chapters in reading order
 */
record Manuscript(
    String title,
    String author,
    String subject,
    String keywords,
    String language,
    LocalDate date,
    List<Block> front,
    List<Part> parts,
    Hyphenation hyphenation) {

  Manuscript {
    front = List.copyOf(front);
    parts = List.copyOf(parts);
  }

  /**
   * A chapter.
   *
   * @param columns 1 or 2
   */
  record Part(String title, int columns, List<Block> blocks) {
    Part {
      blocks = List.copyOf(blocks);
    }
  }

  /** A piece of a chapter. */
  sealed interface Block {}

  /** A heading within a chapter. */
  record Section(String title) implements Block {}

  /** A paragraph; a quotation is set in from the left. */
  record Paragraph(List<Run> runs, boolean quotation) implements Block {
    Paragraph {
      runs = List.copyOf(runs);
    }
  }

  /** A drawing, by its name. */
  record Figure(String name) implements Block {}

  /**
   * Reads a book.
   *
   * @throws IOException when a file is missing, or a line cannot be understood
   */
  static Manuscript read(Path folder) throws IOException {
    Map<String, String> values = new HashMap<>();
    List<Part> parts = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("book.txt"))) {
      String[] entry = line.split(": ", 2);
      if (entry.length != 2) {
        throw new IOException("book.txt: no name and value in \"" + line + "\"");
      }
      switch (entry[0]) {
        case "chapter" -> parts.add(part(folder.resolve(entry[1]), 1));
        case "columns" -> parts.add(part(folder.resolve(entry[1]), 2));
        default -> values.put(entry[0], entry[1]);
      }
    }
    return new Manuscript(
        value(values, "title"),
        value(values, "author"),
        value(values, "subject"),
        value(values, "keywords"),
        value(values, "language"),
        LocalDate.parse(value(values, "date")),
        blocks(Files.readString(folder.resolve(value(values, "front")))),
        parts,
        Hyphenation.read(folder.resolve("hyphenation.txt")));
  }

  private static String value(Map<String, String> values, String name) throws IOException {
    String value = values.get(name);
    if (value == null) {
      throw new IOException("book.txt: " + name + " is missing");
    }
    return value;
  }

  private static Part part(Path file, int columns) throws IOException {
    String text = Files.readString(file);
    int end = text.indexOf('\n');
    if (!text.startsWith("# ") || end < 0) {
      throw new IOException(file.getFileName() + ": the first line is no title");
    }
    return new Part(text.substring(2, end).strip(), columns, blocks(text.substring(end)));
  }

  private static List<Block> blocks(String text) {
    List<Block> blocks = new ArrayList<>();
    for (String block : text.strip().split("\n\\s*\n", -1)) {
      String line = block.replace('\n', ' ').strip();
      if (line.startsWith("## ")) {
        blocks.add(new Section(line.substring(3)));
      } else if (line.startsWith("![")) {
        blocks.add(new Figure(line.substring(2, line.indexOf(']'))));
      } else if (line.startsWith("> ")) {
        blocks.add(new Paragraph(Run.parse(line.substring(2)), true));
      } else {
        blocks.add(new Paragraph(Run.parse(line), false));
      }
    }
    return blocks;
  }
}
