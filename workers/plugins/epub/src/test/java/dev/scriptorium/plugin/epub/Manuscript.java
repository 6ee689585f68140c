package dev.scriptorium.plugin.epub;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A book of made-up prose that can be edited, and says where each word of it stands. Paragraphs
 * have numbers that stay theirs; a refrain, which is quoted from by nobody, comes again and again.
 */
record Manuscript(List<List<Paragraph>> chapters) {
  private static final String VOWELS = "aeiou";
  private static final String CONSONANTS = "bcdfghlmnprstvw";
  private static final int REFRAIN = -1;

  /** A paragraph with a number; below 0 when nobody quotes it. */
  record Paragraph(int number, List<String> words) {
    String text() {
      return String.join(" ", words);
    }
  }

  /** Words of a paragraph. */
  record Passage(int paragraph, int firstWord, int wordCount) {}

  /** A place in the canonical text of a chapter. */
  record Place(int chapter, int start, int end) {}

  static Manuscript of(Random random, int chapters, int paragraphs) {
    List<String> vocabulary = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      vocabulary.add(word(random));
    }
    List<String> refrain = words(random, vocabulary, 14);
    List<List<Paragraph>> all = new ArrayList<>();
    int number = 0;
    for (int i = 0; i < chapters; i++) {
      List<Paragraph> chapter = new ArrayList<>();
      for (int j = 0; j < paragraphs; j++) {
        chapter.add(new Paragraph(number++, words(random, vocabulary, 8 + random.nextInt(60))));
        if (j % 9 == 4) {
          chapter.add(new Paragraph(REFRAIN, refrain));
        }
      }
      all.add(chapter);
    }
    return new Manuscript(all);
  }

  private static List<String> words(Random random, List<String> vocabulary, int count) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      words.add(vocabulary.get(random.nextInt(vocabulary.size())));
    }
    return words;
  }

  private static String word(Random random) {
    StringBuilder word = new StringBuilder();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      word.append(CONSONANTS.charAt(random.nextInt(CONSONANTS.length())));
      word.append(VOWELS.charAt(random.nextInt(VOWELS.length())));
    }
    return word.toString();
  }

  /** Passages of some words or of a whole paragraph. */
  List<Passage> passages(Random random, int count) {
    List<Paragraph> quotable =
        chapters.stream().flatMap(List::stream).filter(one -> one.number >= 0).toList();
    List<Passage> passages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Paragraph paragraph = quotable.get(random.nextInt(quotable.size()));
      int length = 3 + random.nextInt(paragraph.words.size() - 3);
      int first = random.nextInt(paragraph.words.size() - length + 1);
      passages.add(new Passage(paragraph.number, first, length));
    }
    return passages;
  }

  String words(Passage passage) {
    List<String> words = paragraph(passage).words;
    return String.join(
        " ", words.subList(passage.firstWord, passage.firstWord + passage.wordCount));
  }

  /** Where a passage stands when paragraphs are parted by a blank line. */
  Place place(Passage passage) {
    for (int i = 0; i < chapters.size(); i++) {
      int at = 0;
      for (Paragraph paragraph : chapters.get(i)) {
        if (paragraph.number == passage.paragraph) {
          String before = String.join(" ", paragraph.words.subList(0, passage.firstWord));
          int start = at + before.length() + (before.isEmpty() ? 0 : 1);
          return new Place(i, start, start + words(passage).length());
        }
        at += paragraph.text().length() + 2;
      }
    }
    throw new IllegalArgumentException("no paragraph " + passage.paragraph);
  }

  private Paragraph paragraph(Passage passage) {
    return chapters.stream()
        .flatMap(List::stream)
        .filter(one -> one.number == passage.paragraph)
        .findFirst()
        .orElseThrow();
  }

  /** XHTML of each chapter. */
  List<String> bodies() {
    return chapters.stream()
        .map(
            chapter ->
                chapter.stream()
                    .map(paragraph -> "<p>" + paragraph.text() + "</p>\n")
                    .collect(Collectors.joining()))
        .toList();
  }

  Manuscript withMoreParagraphs(Random random) {
    List<String> vocabulary = List.of("moreover", "editor", "adds", "here", "words", "of", "his");
    return eachChapter(
        chapter -> {
          List<Paragraph> more = new ArrayList<>();
          for (Paragraph paragraph : chapter) {
            if (random.nextInt(3) == 0) {
              more.add(new Paragraph(REFRAIN, words(random, vocabulary, 5 + random.nextInt(40))));
            }
            more.add(paragraph);
          }
          return more;
        });
  }

  /** Every eighth word is written otherwise. */
  Manuscript mended() {
    Map<String, String> known = new HashMap<>();
    return eachChapter(
        chapter -> chapter.stream().map(paragraph -> mended(paragraph, known)).toList());
  }

  private static Paragraph mended(Paragraph paragraph, Map<String, String> known) {
    List<String> words = new ArrayList<>(paragraph.words);
    for (int i = 3; i < words.size(); i += 8) {
      words.set(i, known.computeIfAbsent(words.get(i), Manuscript::mended));
    }
    return new Paragraph(paragraph.number, words);
  }

  /** A letter changed, one put in, or one left out. */
  private static String mended(String word) {
    int middle = word.length() / 2;
    String begin = word.substring(0, middle);
    String end = word.substring(middle + 1);
    return switch (word.hashCode() % 3) {
      case 0 -> begin + "k" + end;
      case 1, -1 -> begin + word.charAt(middle) + "y" + end;
      default -> begin + (end.isEmpty() ? "z" : "") + end;
    };
  }

  Manuscript withHalvedChapters() {
    List<List<Paragraph>> halves = new ArrayList<>();
    for (List<Paragraph> chapter : chapters) {
      halves.add(chapter.subList(0, chapter.size() / 2));
      halves.add(chapter.subList(chapter.size() / 2, chapter.size()));
    }
    return new Manuscript(halves);
  }

  Manuscript withChaptersInPairs() {
    List<List<Paragraph>> pairs = new ArrayList<>();
    for (int i = 0; i < chapters.size(); i += 2) {
      List<Paragraph> pair = new ArrayList<>(chapters.get(i));
      pair.addAll(chapters.get(i + 1));
      pairs.add(pair);
    }
    return new Manuscript(pairs);
  }

  Manuscript shuffled(Random random) {
    List<List<Paragraph>> order = new ArrayList<>(chapters);
    Collections.shuffle(order, random);
    return new Manuscript(order);
  }

  private Manuscript eachChapter(UnaryOperator<List<Paragraph>> edit) {
    return new Manuscript(chapters.stream().map(edit).toList());
  }
}
