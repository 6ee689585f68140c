package dev.scriptorium.plugin.epub;

import dev.scriptorium.booktext.ContentReader;
import dev.scriptorium.booktext.HardenedXml;
import dev.scriptorium.booktext.Limits;
import dev.scriptorium.booktext.Thumbnails;
import dev.scriptorium.booktext.TolerantMarkup;

/** The parsers that one handler keeps for all its books. */
record EpubTools(
    Limits limits,
    HardenedXml xml,
    TolerantMarkup tolerant,
    ContentReader content,
    Thumbnails thumbnails) {

  static EpubTools with(Limits limits) {
    HardenedXml xml = new HardenedXml(limits);
    TolerantMarkup tolerant = new TolerantMarkup(limits);
    return new EpubTools(
        limits, xml, tolerant, new ContentReader(limits, xml, tolerant), new Thumbnails(limits));
  }
}
