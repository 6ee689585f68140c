package dev.scriptorium.loadtest.parse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.tika.exception.TikaException;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.epub.EpubParser;
import org.apache.tika.sax.BodyContentHandler;
import org.xml.sax.SAXException;

/** Text of EPUBs as Apache Tika gives it. */
final class TikaText implements Contender {
  private final EpubParser parser = new EpubParser();

  @Override
  public String name() {
    return "Apache Tika, text alone";
  }

  @Override
  public long pass(List<Path> files) throws IOException {
    long characters = 0;
    for (Path file : files) {
      BodyContentHandler text = new BodyContentHandler(-1);
      try (TikaInputStream in = TikaInputStream.get(file)) {
        parser.parse(in, text, new Metadata(), new ParseContext());
      } catch (SAXException | TikaException e) {
        throw new IOException(file.toString(), e);
      }
      characters += text.toString().length();
    }
    return characters;
  }
}
