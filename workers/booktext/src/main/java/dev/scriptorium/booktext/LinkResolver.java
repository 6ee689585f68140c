package dev.scriptorium.booktext;

import java.util.Optional;

/** Says where the links and pictures of one content document lead. */
public interface LinkResolver {
  /**
   * Where a link leads.
   *
   * @param href as written in the document
   * @return an address outside the book, {@code #id} in the same document, or the path of another
   *     content document with {@code #id}; nothing when it may not or cannot be followed
   */
  Optional<String> link(String href);

  /**
   * The picture that an address means.
   *
   * @param src as written in the document
   * @return its resource name in the book; nothing when the book has no such picture
   */
  Optional<String> image(String src);
}
