package dev.scriptorium.worker.runner;

import dev.scriptorium.plugin.Facts;
import dev.scriptorium.plugin.Quotation;
import dev.scriptorium.plugin.TextCounts;
import dev.scriptorium.plugin.TextRange;
import dev.scriptorium.v1.Keyword;
import dev.scriptorium.v1.Readability;
import dev.scriptorium.worker.v1.FactsResult;
import dev.scriptorium.worker.v1.QuotationResult;
import java.util.OptionalDouble;

/** Turns quotations and figures into messages, with every text cleaned, and back. */
final class FactsEncoding {
  private FactsEncoding() {}

  static QuotationResult quotation(Quotation quotation) {
    return QuotationResult.newBuilder()
        .setChapter(quotation.range().chapter())
        .setStart(quotation.range().start())
        .setEnd(quotation.range().end())
        .setText(CleanText.of(quotation.text()))
        .setSpeakerStart(quotation.speaker().start())
        .setSpeakerEnd(quotation.speaker().end())
        .setEntity(quotation.entity())
        .build();
  }

  static Quotation quotation(QuotationResult message) {
    int chapter = message.getChapter();
    return new Quotation(
        new TextRange(chapter, message.getStart(), message.getEnd()),
        message.getText(),
        new TextRange(chapter, message.getSpeakerStart(), message.getSpeakerEnd()),
        message.getEntity());
  }

  static FactsResult facts(Facts facts) {
    FactsResult.Builder message =
        FactsResult.newBuilder()
            .setLanguage(CleanText.of(facts.language()))
            .setWords(facts.counts().words())
            .setSentences(facts.counts().sentences())
            .setLetters(facts.counts().letters())
            .setSyllables(facts.counts().syllables())
            .setLongWords(facts.counts().longWords())
            .setManySyllables(facts.counts().manySyllables())
            .setReadingSeconds(facts.readingSeconds());
    facts.difficulty().ifPresent(message::setDifficulty);
    for (Facts.Readability one : facts.readability()) {
      message.addReadability(
          Readability.newBuilder().setFormula(CleanText.of(one.formula())).setValue(one.value()));
    }
    for (Facts.Keyword one : facts.keywords()) {
      message.addKeywords(
          Keyword.newBuilder().setWord(CleanText.of(one.word())).setCount(one.count()));
    }
    return message.build();
  }

  static Facts facts(FactsResult message) {
    return new Facts(
        message.getLanguage(),
        new TextCounts(
            message.getWords(),
            message.getSentences(),
            message.getLetters(),
            message.getSyllables(),
            message.getLongWords(),
            message.getManySyllables()),
        message.getReadingSeconds(),
        message.hasDifficulty()
            ? OptionalDouble.of(message.getDifficulty())
            : OptionalDouble.empty(),
        message.getReadabilityList().stream()
            .map(one -> new Facts.Readability(one.getFormula(), one.getValue()))
            .toList(),
        message.getKeywordsList().stream()
            .map(one -> new Facts.Keyword(one.getWord(), one.getCount()))
            .toList());
  }
}
