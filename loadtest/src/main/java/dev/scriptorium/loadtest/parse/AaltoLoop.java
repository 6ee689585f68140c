package dev.scriptorium.loadtest.parse;

import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The floor for EPUB: unzips every page and gathers its character data, and nothing else. */
final class AaltoLoop implements Contender {
  private final XMLInputFactory factory = new InputFactoryImpl();

  AaltoLoop() {
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
  }

  @Override
  public String name() {
    return "unzip and Aalto, text alone";
  }

  @Override
  public long pass(List<Path> files) throws IOException {
    long characters = 0;
    for (Path file : files) {
      try (ZipFile zip = new ZipFile(file.toFile())) {
        for (ZipEntry entry : zip.stream().filter(AaltoLoop::isPage).toList()) {
          characters += page(zip, entry);
        }
      }
    }
    return characters;
  }

  private static boolean isPage(ZipEntry entry) {
    return entry.getName().matches(".*\\.x?html?");
  }

  private long page(ZipFile zip, ZipEntry entry) throws IOException {
    StringBuilder text = new StringBuilder();
    try (InputStream in = zip.getInputStream(entry)) {
      XMLStreamReader reader = factory.createXMLStreamReader(in);
      while (reader.hasNext()) {
        if (reader.next() == XMLStreamConstants.CHARACTERS) {
          text.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
        }
      }
      reader.close();
    } catch (XMLStreamException e) {
      throw new IOException(zip.getName() + " " + entry.getName(), e);
    }
    return text.toString().length();
  }
}
