package dev.scriptorium.loadtest.analysis;

import dev.scriptorium.plugin.analysis.text.ChapterReader;
import dev.scriptorium.plugin.analysis.text.EnglishModels;
import dev.scriptorium.plugin.analysis.text.Sentence;
import dev.scriptorium.plugin.analysis.text.Tagger;
import java.io.IOException;
import java.util.List;

/** What is compared: the same text read by the library and by the plugin. For one thread. */
final class Reading {
  private final Novel novel = Novel.load();
  private final LibraryPipeline library = LibraryPipeline.load();
  private final EnglishModels models = EnglishModels.load();
  private final List<List<String>> sentences;

  Reading() throws IOException {
    this.sentences =
        novel.chapters().stream().flatMap(text -> library.sentences(text).stream()).toList();
  }

  int tokens() {
    return sentences.stream().mapToInt(List::size).sum();
  }

  /** Tags by the library; returns the number of tokens, as all of these do. */
  int libraryTags() {
    int tokens = 0;
    for (List<String> sentence : sentences) {
      tokens += library.tags(sentence).length;
    }
    return tokens;
  }

  /** Tags by the plugin, which remembers the words from the last time. */
  int warmTags() {
    return tags(models.tagger());
  }

  /** Tags by the plugin, which remembers no word. */
  int coldTags() {
    return tags(models.tagger().forgetful());
  }

  /** Sentences, tokens and tags by the library. */
  int libraryText() {
    return novel.chapters().stream().mapToInt(library::read).sum();
  }

  /** Sentences, tokens and tags by the plugin. */
  int warmText() {
    return text(models);
  }

  /** The same without remembering anything. */
  int coldText() {
    return text(models.forgetful());
  }

  /** Number of tokens for which the plugin's tag is not the library's. */
  int differences() {
    int differences = 0;
    for (List<String> sentence : sentences) {
      String[] expected = library.tags(sentence);
      List<String> tags = models.tagger().tag(sentence);
      for (int i = 0; i < expected.length; i++) {
        differences += expected[i].equals(tags.get(i)) ? 0 : 1;
      }
    }
    return differences;
  }

  private int tags(Tagger tagger) {
    int tokens = 0;
    for (List<String> sentence : sentences) {
      tokens += tagger.tag(sentence).size();
    }
    return tokens;
  }

  private int text(EnglishModels from) {
    ChapterReader reader = ChapterReader.english(from);
    int[] tokens = new int[1];
    for (String chapter : novel.chapters()) {
      reader.read(
          chapter,
          paragraph -> {
            for (Sentence sentence : paragraph.sentences()) {
              tokens[0] += sentence.tokens().size();
            }
            return true;
          });
    }
    return tokens[0];
  }
}
