package dev.scriptorium.samples.epub;

import java.nio.charset.StandardCharsets;

/**
 * A file of the publication.
 *
 * @param id in the manifest
 * @param href path beside the package document
 * @param mediaType of its bytes
 * @param properties of its manifest item; empty when it has none
 * @param bytes its content; not copied, not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on once, never compared.
record Resource(String id, String href, String mediaType, String properties, byte[] bytes) {
  static final String XHTML = "application/xhtml+xml";

  static Resource text(String id, String href, String mediaType, String text) {
    return new Resource(id, href, mediaType, "", text.getBytes(StandardCharsets.UTF_8));
  }

  /** The same file with manifest properties. */
  Resource with(String newProperties) {
    return new Resource(id, href, mediaType, newProperties, bytes);
  }
}
