package dev.scriptorium.booktext;

import dev.scriptorium.booktext.ChapterContent.FoundNote;
import dev.scriptorium.booktext.ChapterContent.Heading;
import dev.scriptorium.booktext.ChapterContent.NoteReference;
import dev.scriptorium.booktext.ChapterContent.PageBreak;
import dev.scriptorium.positions.SourceMap;
import dev.scriptorium.positions.SourcePath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keeps what a {@link ChapterWalk} finds; places are marks until the text is finished. */
final class ChapterCollector {
  private static final int MAX_LINE = 500;
  private static final int MAX_NAMES = 5;

  private static final Pattern NOTE_LABEL =
      Pattern.compile("[\\[({]?\\s*(\\d{1,4}|[*†‡§¶#]{1,4}|[ivxlcIVXLC]{1,6}|\\p{L})\\s*[\\])}.]?");

  private final Limits limits;
  private final Predicate<String> wantedIds;
  private final CanonicalText text;
  private final StringBuilder documentTitle = new StringBuilder();
  private final StringBuilder heading = new StringBuilder();
  private final StringBuilder label = new StringBuilder();
  private final List<LabelPiece> labelPieces = new ArrayList<>();
  private final Map<String, Integer> anchors = new LinkedHashMap<>();
  private final List<Heading> headings = new ArrayList<>();
  private final Set<String> images = new LinkedHashSet<>();
  private final List<NoteReference> references = new ArrayList<>();
  private final List<FoundNote> footnotes = new ArrayList<>();
  private final List<Endnote> endnotes = new ArrayList<>();
  private final List<PageBreak> pageBreaks = new ArrayList<>();
  private final Set<String> unknownEntities = new LinkedHashSet<>();

  private @Nullable CanonicalText footnote;
  private String footnoteId = "";
  private int footnoteDepth;
  private int footnotePlace;
  private int headingLevel;
  private int headingPlace;
  private String target = "";
  private int referencePlace;
  private boolean inReference;
  private int openEndnote = -1;
  private String language = "";
  private boolean flattened;

  /**
   * @param room for the chapter's text
   */
  ChapterCollector(Limits limits, Predicate<String> wantedIds, TextBuffer room) {
    this.limits = limits;
    this.wantedIds = wantedIds;
    this.text = new CanonicalText(limits.chapterCodePoints(), room);
  }

  /** Where text goes now: the chapter, or the footnote that was begun. */
  CanonicalText text() {
    return footnote == null ? text : footnote;
  }

  boolean inFootnote() {
    return footnote != null;
  }

  /**
   * Text.
   *
   * @param chunk its piece of text in the source
   * @param source where in the piece it begins
   */
  void take(char[] chars, int offset, int length, int chunk, int source) {
    if (inReference) {
      labelPieces.add(new LabelPiece(label.length(), chunk, source));
      label.append(chars, offset, length);
      return;
    }
    if (headingLevel > 0 && heading.length() < MAX_LINE) {
      heading.append(chars, offset, length);
    }
    if (footnote == null) {
      text.text(chars, offset, length, chunk, source);
    } else {
      footnote.text(chars, offset, length);
    }
  }

  void breakLine() {
    text().breakLine();
    heading.append(' ');
    label.append(' ');
  }

  void documentTitle(char[] chars, int offset, int length) {
    if (documentTitle.length() < MAX_LINE) {
      documentTitle.append(chars, offset, length);
    }
  }

  void language(MarkupAttributes attributes) {
    String tag = attributes.getOrEmpty("xml:lang");
    String written = tag.isEmpty() ? attributes.getOrEmpty("lang") : tag;
    language = LanguageTag.normalise(written).orElse(language);
  }

  void anchor(String id) {
    if (!id.isEmpty() && wantedIds.test(id)) {
      anchors.putIfAbsent(id, text.mark());
    }
  }

  void image(String resource) {
    images.add(resource);
  }

  void unknownEntity(String name) {
    if (unknownEntities.size() < MAX_NAMES) {
      unknownEntities.add(name);
    }
  }

  void tooDeep() {
    flattened = true;
  }

  void startHeading(int level) {
    headingLevel = level;
    headingPlace = text.mark();
    heading.setLength(0);
  }

  void endHeading() {
    String title = Words.line(heading, MAX_LINE);
    if (headingLevel > 0 && !title.isEmpty() && !inFootnote()) {
      headings.add(new Heading(headingLevel, title, headingPlace));
    }
    headingLevel = 0;
  }

  /** Footnotes inside a footnote are a part of it. */
  void startFootnote(String id) {
    if (footnoteDepth++ == 0) {
      footnote = new CanonicalText(limits.chapterCodePoints());
      footnoteId = id;
      footnotePlace = text.mark();
    }
  }

  void endFootnote() {
    if (--footnoteDepth == 0 && footnote != null) {
      footnotes.add(new FoundNote(footnoteId, footnote.finish(), footnotePlace, true));
      footnote = null;
    }
  }

  void startEndnote(String id) {
    if (openEndnote < 0 && !inFootnote()) {
      openEndnote = endnotes.size();
      endnotes.add(new Endnote(id, text.mark(), -1));
    }
  }

  void endEndnote() {
    if (openEndnote >= 0) {
      Endnote open = endnotes.get(openEndnote);
      endnotes.set(openEndnote, new Endnote(open.id, open.start, text.mark()));
      openEndnote = -1;
    }
  }

  void startReference(String address) {
    inReference = true;
    target = address;
    label.setLength(0);
    labelPieces.clear();
    referencePlace = text.mark();
  }

  /** The mark of a note is not part of the text, but words that lead to a note are. */
  void endReference() {
    inReference = false;
    String printed = Words.line(label, MAX_LINE);
    if (!NOTE_LABEL.matcher(printed).matches()) {
      labelAsText();
    }
    if (!target.isEmpty() && !inFootnote()) {
      references.add(new NoteReference(printed, target, referencePlace));
    }
  }

  private void labelAsText() {
    char[] chars = label.toString().toCharArray();
    for (int i = 0; i < labelPieces.size(); i++) {
      LabelPiece piece = labelPieces.get(i);
      int end = i + 1 < labelPieces.size() ? labelPieces.get(i + 1).start : chars.length;
      take(chars, piece.start, end - piece.start, piece.chunk, piece.source);
    }
  }

  void pageBreak(MarkupAttributes attributes, String elementPath) {
    for (String name : List.of("title", "aria-label", "id")) {
      String value = Words.line(attributes.getOrEmpty(name), MAX_LINE);
      if (!value.isEmpty()) {
        pageBreaks.add(new PageBreak(value, text.mark(), elementPath));
        return;
      }
    }
  }

  /** True between two paragraphs, outside of notes, marks of notes and headings that have begun. */
  boolean isBetweenParagraphs() {
    return footnote == null
        && !inReference
        && openEndnote < 0
        && text.atParagraphStart()
        && (headingLevel == 0 || heading.toString().isBlank());
  }

  ChapterContent finish(String html, SourcePath path) {
    String canonical = text.finish();
    anchors.replaceAll((id, mark) -> text.offsetOf(mark));
    return new ChapterContent(
        canonical,
        html,
        text.words(),
        text.codePoints(),
        Words.line(documentTitle, MAX_LINE),
        language,
        settled(headings, h -> new Heading(h.level(), h.title(), text.offsetOf(h.offset()))),
        images,
        anchors,
        settled(
            references, r -> new NoteReference(r.label(), r.target(), text.offsetOf(r.offset()))),
        notes(canonical),
        settled(
            pageBreaks, p -> new PageBreak(p.label(), text.offsetOf(p.offset()), p.elementPath())),
        text.truncated(),
        flattened,
        unknownEntities,
        SourceMap.of(path, text.runs()));
  }

  private static <T> List<T> settled(List<T> items, UnaryOperator<T> withOffset) {
    return items.stream().map(withOffset).toList();
  }

  private List<FoundNote> notes(String canonical) {
    List<FoundNote> notes =
        new ArrayList<>(
            settled(
                footnotes, n -> new FoundNote(n.id(), n.text(), text.offsetOf(n.offset()), true)));
    int index = 0;
    int offset = 0;
    for (Endnote endnote : endnotes) {
      int start = text.offsetOf(endnote.start);
      int end = endnote.end < 0 ? text.codePoints() : text.offsetOf(endnote.end);
      index = canonical.offsetByCodePoints(index, start - offset);
      offset = start;
      int endIndex = canonical.offsetByCodePoints(index, end - start);
      String noteText = withoutBackLink(canonical.substring(index, endIndex));
      notes.add(new FoundNote(endnote.id, noteText, start, false));
    }
    return notes;
  }

  /** Endnotes often end in an arrow that leads back to the text. */
  private static String withoutBackLink(String note) {
    int end = note.length();
    while (end > 0 && (Words.isSpace(note.charAt(end - 1)) || isArrow(note.charAt(end - 1)))) {
      end--;
    }
    return note.substring(0, end);
  }

  private static boolean isArrow(char c) {
    return c == '↩' || c == '↑' || c == '⏎' || c == '\uFE0E' || c == '\uFE0F';
  }

  /**
   * A part of a label.
   *
   * @param start where it begins in the label
   */
  private record LabelPiece(int start, int chunk, int source) {}

  private record Endnote(String id, int start, int end) {}
}
