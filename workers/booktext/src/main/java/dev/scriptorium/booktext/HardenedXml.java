package dev.scriptorium.booktext;

import com.fasterxml.aalto.stax.InputFactoryImpl;
import dev.scriptorium.booktext.AttributeGuard.TooManyAttributes;
import java.io.ByteArrayInputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.codehaus.stax2.XMLInputFactory2;
import org.codehaus.stax2.io.Stax2ByteArraySource;
import org.jsoup.nodes.Entities;
import org.jspecify.annotations.Nullable;

/**
 * The one place where XML is parsed. Document type declarations are skipped, external entities are
 * never opened, entities of HTML are known and all others are reported and left out. Nesting and
 * the number of elements are limited. Thread-safe.
 */
public final class HardenedXml {
  private static final String[][] PREFIXES = {
    {"http://www.idpf.org/2007/ops", "epub:"},
    {"http://www.idpf.org/2007/opf", "opf:"},
    {"http://www.w3.org/1999/xlink", "xlink:"},
    {"http://www.w3.org/XML/1998/namespace", "xml:"},
  };

  private static final int PROLOG_BYTES = 200;
  private static final String UTF_8_MARK = "\u00EF\u00BB\u00BF";

  private final Limits limits;
  private final XMLInputFactory2 factory;

  public HardenedXml(Limits limits) {
    this.limits = limits;
    this.factory = new InputFactoryImpl();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    factory.setProperty(XMLInputFactory2.P_LAZY_PARSING, false);
  }

  /**
   * Reads a document. Elements deeper than the limit are not reported, their text is.
   *
   * @param in not closed; the encoding comes from byte order mark and prolog
   * @throws MalformedXml when it is not well-formed or has a tag with very many attributes; the
   *     handler may have seen a part of it
   * @throws LimitReached when it has too many elements, or the stream says so
   */
  public void read(InputStream in, MarkupHandler handler) throws MalformedXml, IOException {
    try {
      walkAndClose(
          factory.createXMLStreamReader(new AttributeGuard(in, limits.xmlAttributes())), handler);
    } catch (XMLStreamException e) {
      throw rethrowReadError(e);
    }
  }

  /**
   * Reads a document that is there as a whole; otherwise like {@link #read(InputStream,
   * MarkupHandler)}.
   */
  public void read(byte[] document, MarkupHandler handler) throws MalformedXml, IOException {
    if (!isUtf8(document)) {
      read(new ByteArrayInputStream(document), handler);
      return;
    }
    try {
      AttributeGuard.check(document, limits.xmlAttributes());
      // Read where it lies: from a stream the parser would copy it once more.
      Stax2ByteArraySource source = new Stax2ByteArraySource(document, 0, document.length);
      walkAndClose(factory.createXMLStreamReader(source), handler);
    } catch (TooManyAttributes e) {
      throw new MalformedXml("not well-formed: " + e.getMessage(), e);
    } catch (XMLStreamException e) {
      throw rethrowReadError(e);
    }
  }

  /** The parser stumbles at an array in another encoding; a stream may have any. */
  private static boolean isUtf8(byte[] document) {
    int length = Math.min(document.length, PROLOG_BYTES);
    String prolog = new String(document, 0, length, StandardCharsets.ISO_8859_1);
    int start = prolog.startsWith(UTF_8_MARK) ? UTF_8_MARK.length() : 0;
    if (!prolog.startsWith("<", start) || prolog.indexOf('\0') >= 0) {
      return false;
    }
    if (!prolog.startsWith("<?xml", start)) {
      return true;
    }
    int end = prolog.indexOf("?>");
    String declaration = prolog.substring(start, Math.max(start, end)).toLowerCase(Locale.ROOT);
    return end >= 0 && (!declaration.contains("encoding") || declaration.contains("utf-8"));
  }

  private void walkAndClose(XMLStreamReader reader, MarkupHandler handler)
      throws XMLStreamException, IOException {
    try {
      walk(reader, handler);
    } finally {
      reader.close();
    }
  }

  private void walk(XMLStreamReader reader, MarkupHandler handler)
      throws XMLStreamException, IOException {
    StaxAttributes attributes = new StaxAttributes(reader, limits.xmlAttributes());
    int depth = 0;
    int elements = 0;
    while (reader.hasNext()) {
      switch (next(reader)) {
        case XMLStreamConstants.START_ELEMENT -> {
          if (++elements > limits.xmlElements()) {
            throw new LimitReached("xml_elements=" + limits.xmlElements(), "the document");
          }
          if (++depth <= limits.xmlDepth()) {
            handler.start(reader.getLocalName(), attributes);
          } else {
            handler.tooDeep();
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          if (depth-- <= limits.xmlDepth()) {
            handler.end(reader.getLocalName());
          }
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
            handler.text(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
        case XMLStreamConstants.ENTITY_REFERENCE -> entity(reader.getLocalName(), handler);
        default -> {
          // Comments, instructions and the document type say nothing to a reader.
        }
      }
    }
  }

  /** The parser meets some misuses of name spaces with an unchecked exception. */
  private static int next(XMLStreamReader reader) throws XMLStreamException {
    try {
      return reader.next();
    } catch (RuntimeException e) {
      throw new XMLStreamException(String.valueOf(e.getMessage()), e);
    }
  }

  private static void entity(String name, MarkupHandler handler) {
    String value = Entities.getByName(name);
    if (value.isEmpty()) {
      handler.unknownEntity(name);
    } else {
      handler.text(value.toCharArray(), 0, value.length());
    }
  }

  private static MalformedXml rethrowReadError(XMLStreamException e) throws IOException {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      boolean ofTheDocument =
          cause instanceof CharConversionException || cause instanceof TooManyAttributes;
      if (cause instanceof IOException io && !ofTheDocument) {
        throw io;
      }
    }
    return new MalformedXml("not well-formed: " + e.getMessage(), e);
  }

  /** The current element's attributes, read from the parser when asked. */
  private record StaxAttributes(XMLStreamReader reader, int max) implements MarkupAttributes {
    @Override
    public @Nullable String get(String name) {
      int size = size();
      for (int i = 0; i < size; i++) {
        if (matches(i, name)) {
          return reader.getAttributeValue(i);
        }
      }
      return null;
    }

    @Override
    public int size() {
      return Math.min(max, reader.getAttributeCount());
    }

    @Override
    public String name(int index) {
      return prefix(index) + reader.getAttributeLocalName(index);
    }

    @Override
    public String value(int index) {
      return reader.getAttributeValue(index);
    }

    private boolean matches(int index, String name) {
      String local = reader.getAttributeLocalName(index);
      if (!name.endsWith(local)) {
        return false;
      }
      String prefix = prefix(index);
      return name.length() == prefix.length() + local.length() && name.startsWith(prefix);
    }

    private String prefix(int index) {
      String namespace = reader.getAttributeNamespace(index);
      if (namespace == null || namespace.isEmpty()) {
        return "";
      }
      for (String[] known : PREFIXES) {
        if (known[0].equals(namespace)) {
          return known[1];
        }
      }
      return "other:";
    }
  }
}
