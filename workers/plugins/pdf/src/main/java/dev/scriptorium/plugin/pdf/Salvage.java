package dev.scriptorium.plugin.pdf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes a PDF of what is left of one that has lost its catalogue, as those do that were not
 * downloaded to their end: the pages that are found get a new page tree; when there are none, each
 * stream that draws text gets a page. What is compressed into object streams is not found.
 */
final class Salvage {
  /** Larger files are not worth the memory. */
  private static final long MAX_BYTES = 32 << 20;

  private static final int MAX_PAGES = 5_000;
  private static final Pattern OBJECT = Pattern.compile("(?<![0-9])(\\d{1,8}) (\\d{1,5}) obj\\b");
  private static final Pattern PAGE = Pattern.compile("/Type\\s{0,9}/Page\\b");
  private static final Pattern FONT = Pattern.compile("/Type\\s{0,9}/Font\\b");
  private static final Pattern TEXT = Pattern.compile("\\bBT\\b");
  private static final Pattern FONT_NAME =
      Pattern.compile("/([A-Za-z0-9+_-]{1,60})\\s+[0-9.]{1,20}\\s+Tf");

  private final String file;
  private final List<Integer> pages = new ArrayList<>();
  private final List<Integer> fonts = new ArrayList<>();
  private final List<Found> contents = new ArrayList<>();
  private int highest;

  private Salvage(String file) {
    this.file = file;
  }

  /** A stream that draws text, and the names of the fonts it uses. */
  private record Found(int number, Set<String> fontNames) {}

  /**
   * Looks for pages.
   *
   * @param scratch where the new file is written
   * @return nothing when there is nothing to be read
   */
  static Optional<Path> of(Path path, Path scratch) throws IOException {
    if (Files.size(path) > MAX_BYTES) {
      return Optional.empty();
    }
    // One char a byte: offsets and bytes stay what they are.
    Salvage salvage = new Salvage(Files.readString(path, StandardCharsets.ISO_8859_1));
    salvage.search();
    if (salvage.pages.isEmpty() && salvage.contents.isEmpty()) {
      return Optional.empty();
    }
    Path repaired = scratch.resolve("salvaged");
    Files.writeString(repaired, salvage.repaired(), StandardCharsets.ISO_8859_1);
    return Optional.of(repaired);
  }

  private void search() {
    Matcher object = OBJECT.matcher(file);
    int from = -1;
    int number = 0;
    while (object.find()) {
      look(number, from, object.start());
      number = Integer.parseInt(object.group(1));
      highest = Math.max(highest, number);
      from = object.end();
    }
    look(number, from, file.length());
  }

  private void look(int number, int from, int to) {
    if (from < 0 || pages.size() + contents.size() >= MAX_PAGES) {
      return;
    }
    int stream = file.indexOf("stream", from, to);
    boolean hasStream = stream >= 0;
    int end = hasStream ? stream : to;
    boolean whole = file.indexOf("endobj", from, to) >= 0;
    if (PAGE.matcher(file).region(from, end).find()) {
      if (whole) {
        pages.add(number);
      }
    } else if (FONT.matcher(file).region(from, end).find()) {
      fonts.add(number);
    } else if (hasStream && TEXT.matcher(file).region(stream, to).find()) {
      Set<String> names = new LinkedHashSet<>();
      Matcher name = FONT_NAME.matcher(file).region(stream, to);
      while (name.find() && names.size() < 100) {
        names.add(name.group(1));
      }
      contents.add(new Found(number, names));
    }
  }

  private String repaired() {
    StringBuilder out = new StringBuilder(file);
    int lastStream = file.lastIndexOf("stream");
    boolean open = lastStream >= 3 && !file.startsWith("end", lastStream - 3);
    out.append(open ? "\nendstream\nendobj\n" : "\nendobj\n");
    int next = highest + 1;
    List<Integer> kids = new ArrayList<>(pages);
    if (kids.isEmpty()) {
      for (Found content : contents) {
        kids.add(next);
        out.append(page(next++, content));
      }
    }
    String references = kids.stream().map(kid -> kid + " 0 R").collect(Collectors.joining(" "));
    out.append(
        "%d 0 obj\n<</Type/Pages/Kids[%s]/Count %d>>\nendobj\n"
            .formatted(next, references, kids.size()));
    out.append("%d 0 obj\n<</Type/Catalog/Pages %d 0 R>>\nendobj\n".formatted(next + 1, next));
    out.append("trailer\n<</Size %d/Root %d 0 R>>\n".formatted(next + 2, next + 1));
    return out.append("startxref\n0\n%%EOF\n").toString();
  }

  /** A page for a stream; its fonts are taken to be those of the file, in order. */
  private String page(int number, Found content) {
    StringBuilder names = new StringBuilder();
    int at = 0;
    for (String name : content.fontNames) {
      if (!fonts.isEmpty()) {
        int font = fonts.get(Math.min(at++, fonts.size() - 1));
        names.append('/').append(name).append(' ').append(font).append(" 0 R");
      }
    }
    return "%d 0 obj\n<</Type/Page/MediaBox[0 0 612 792]/Contents %d 0 R/Resources<</Font<<%s>>>>>>\nendobj\n"
        .formatted(number, content.number(), names);
  }
}
