package dev.scriptorium.plugin.epub;

import dev.scriptorium.booktext.HtmlAllowList;
import dev.scriptorium.booktext.LinkResolver;
import java.util.Optional;
import java.util.Set;

/**
 * Where the links of one content document lead: out to the web, or to documents and pictures that
 * the book has.
 *
 * @param base path of the document
 * @param documents paths of the reading order
 * @param pictures paths of the pictures handed over
 */
record DocumentLinks(String base, Set<String> documents, Set<String> pictures)
    implements LinkResolver {

  @Override
  public Optional<String> link(String href) {
    Optional<String> external = HtmlAllowList.externalHref(href);
    if (external.isPresent() || href.isBlank()) {
      return external;
    }
    return ContainerPath.resolve(base, href)
        .filter(target -> documents.contains(target.path()))
        .map(this::address);
  }

  @Override
  public Optional<String> image(String src) {
    return ContainerPath.resolve(base, src).map(ContainerPath::path).filter(pictures::contains);
  }

  private String address(ContainerPath target) {
    boolean here = target.path().equals(base) && !target.fragment().isEmpty();
    return here ? "#" + target.fragment() : target.address();
  }
}
