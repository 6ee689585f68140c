package dev.scriptorium.worker.runner;

import dev.scriptorium.plugin.Accessibility;
import dev.scriptorium.plugin.Chapter;
import dev.scriptorium.plugin.ContentsEntry;
import dev.scriptorium.plugin.Entity;
import dev.scriptorium.plugin.Image;
import dev.scriptorium.plugin.Mention;
import dev.scriptorium.plugin.Metadata;
import dev.scriptorium.plugin.Note;
import dev.scriptorium.plugin.Passage;
import dev.scriptorium.plugin.SourcePosition;
import dev.scriptorium.plugin.TextRange;
import dev.scriptorium.plugin.Warning;
import dev.scriptorium.v1.Contributor;
import dev.scriptorium.v1.EntityType;
import dev.scriptorium.v1.Identifier;
import dev.scriptorium.v1.PassageType;
import dev.scriptorium.worker.v1.BookAccessibility;
import dev.scriptorium.worker.v1.BookMetadata;
import dev.scriptorium.worker.v1.ChapterResult;
import dev.scriptorium.worker.v1.ContentsResult;
import dev.scriptorium.worker.v1.EntityMention;
import dev.scriptorium.worker.v1.EntityResult;
import dev.scriptorium.worker.v1.ImageResult;
import dev.scriptorium.worker.v1.MentionResult;
import dev.scriptorium.worker.v1.NoteResult;
import dev.scriptorium.worker.v1.PassageResult;
import java.util.List;

/** Turns a plugin's records into messages, with every text cleaned. */
final class ResultEncoding {
  private ResultEncoding() {}

  static BookMetadata metadata(Metadata book) {
    BookMetadata.Builder message =
        BookMetadata.newBuilder()
            .setFormat(CleanText.of(book.format()))
            .setTitle(CleanText.of(book.title()))
            .addAllLanguages(clean(book.languages()))
            .setDescription(CleanText.of(book.description()))
            .setPublisher(CleanText.of(book.publisher()))
            .setPublished(CleanText.of(book.published()))
            .setSeries(CleanText.of(book.series()))
            .addAllSubjects(clean(book.subjects()))
            .setPageCount(book.pageCount())
            .setAccessibility(accessibility(book.accessibility()));
    book.seriesIndex().ifPresent(message::setSeriesIndex);
    for (Metadata.Contributor one : book.contributors()) {
      message.addContributors(
          Contributor.newBuilder()
              .setName(CleanText.of(one.name()))
              .setRole(CleanText.of(one.role()))
              .setFileAs(CleanText.of(one.fileAs())));
    }
    for (Metadata.Identifier one : book.identifiers()) {
      message.addIdentifiers(
          Identifier.newBuilder()
              .setScheme(CleanText.of(one.scheme()))
              .setValue(CleanText.of(one.value())));
    }
    return message.build();
  }

  private static BookAccessibility accessibility(Accessibility book) {
    return BookAccessibility.newBuilder()
        .addAllAccessModes(clean(book.accessModes()))
        .addAllSufficientModes(clean(book.sufficientModes()))
        .addAllFeatures(clean(book.features()))
        .addAllHazards(clean(book.hazards()))
        .setSummary(CleanText.of(book.summary()))
        .addAllConformsTo(clean(book.conformsTo()))
        .setCertifiedBy(CleanText.of(book.certifiedBy()))
        .build();
  }

  /** A chapter without what is known only when its content is written. */
  static ChapterResult.Builder chapter(Chapter chapter) {
    return ChapterResult.newBuilder()
        .setOrdinal(chapter.ordinal())
        .setTitle(CleanText.of(chapter.title()))
        .setSource(CleanText.of(chapter.source()))
        .setLanguage(CleanText.of(chapter.language()))
        .setLinear(chapter.linear())
        .setFirstPage(chapter.firstPage())
        .setLastPage(chapter.lastPage());
  }

  static ContentsResult contents(ContentsEntry entry) {
    return ContentsResult.newBuilder()
        .setTitle(CleanText.of(entry.title()))
        .setDepth(entry.depth())
        .setChapter(entry.chapter())
        .setChapterOffset(entry.chapterOffset())
        .build();
  }

  /** A picture without its place in the pack. */
  static ImageResult.Builder image(Image image) {
    return ImageResult.newBuilder()
        .setResource(CleanText.of(image.resource()))
        .setMediaType(CleanText.of(image.mediaType()))
        .setWidth(image.width())
        .setHeight(image.height());
  }

  static NoteResult note(Note note) {
    return NoteResult.newBuilder()
        .setChapter(note.chapter())
        .setLabel(CleanText.of(note.label()))
        .setReferenceOffset(note.referenceOffset())
        .setText(CleanText.of(note.text()))
        .build();
  }

  static dev.scriptorium.worker.v1.SourcePosition position(SourcePosition position) {
    return dev.scriptorium.worker.v1.SourcePosition.newBuilder()
        .setChapter(position.chapter())
        .setChapterOffset(position.chapterOffset())
        .setPageLabel(CleanText.of(position.pageLabel()))
        .setElementPath(CleanText.of(position.elementPath()))
        .build();
  }

  static dev.scriptorium.v1.Warning warning(Warning warning) {
    return dev.scriptorium.v1.Warning.newBuilder()
        .setReason(CleanText.of(warning.reason()))
        .setPlace(CleanText.of(warning.place()))
        .setMessage(CleanText.of(warning.message()))
        .build();
  }

  static PassageResult passage(Passage passage) {
    return PassageResult.newBuilder()
        .setType(type(passage.type()))
        .setChapter(passage.range().chapter())
        .setStart(passage.range().start())
        .setEnd(passage.range().end())
        .setText(CleanText.of(passage.text()))
        .setPriority(passage.priority())
        .setConfidence(passage.confidence())
        .addAllReasons(clean(passage.reasons()))
        .addAllOtherTypes(passage.types().stream().skip(1).map(ResultEncoding::type).toList())
        .build();
  }

  static MentionResult mention(Mention mention) {
    return MentionResult.newBuilder()
        .setType(type(mention.type()))
        .setText(CleanText.of(mention.text()))
        .setChapter(mention.range().chapter())
        .setStart(mention.range().start())
        .setEnd(mention.range().end())
        .setConfidence(mention.confidence())
        .build();
  }

  static EntityResult entity(Entity entity) {
    EntityResult.Builder message =
        EntityResult.newBuilder()
            .setOrdinal(entity.ordinal())
            .setType(type(entity.type()))
            .setDisplayName(CleanText.of(entity.displayName()))
            .addAllAliases(clean(entity.aliases()));
    for (int i = 0; i < entity.mentions().size(); i++) {
      TextRange range = entity.mentions().get(i);
      message.addMentions(
          EntityMention.newBuilder()
              .setChapter(range.chapter())
              .setStart(range.start())
              .setEnd(range.end())
              .setName(entity.names().get(i)));
    }
    return message.build();
  }

  private static List<String> clean(List<String> texts) {
    return texts.stream().map(CleanText::of).toList();
  }

  private static PassageType type(Passage.Type type) {
    return switch (type) {
      case LOCATION -> PassageType.PASSAGE_TYPE_LOCATION;
      case CHARACTER -> PassageType.PASSAGE_TYPE_CHARACTER;
      case ATMOSPHERE -> PassageType.PASSAGE_TYPE_ATMOSPHERE;
      case OBJECT -> PassageType.PASSAGE_TYPE_OBJECT;
      case ACTION -> PassageType.PASSAGE_TYPE_ACTION;
    };
  }

  private static EntityType type(Entity.Type type) {
    return switch (type) {
      case CHARACTER -> EntityType.ENTITY_TYPE_CHARACTER;
      case PLACE -> EntityType.ENTITY_TYPE_PLACE;
    };
  }
}
