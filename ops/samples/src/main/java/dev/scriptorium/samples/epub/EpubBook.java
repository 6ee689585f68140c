package dev.scriptorium.samples.epub;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Puts a book together. */
final class EpubBook {
  private final BookSource source;
  private final List<Resource> resources = new ArrayList<>();
  private final List<String> spine = new ArrayList<>();
  private final List<Navigation.Target> targets = new ArrayList<>();
  private final List<Navigation.PageTarget> pages = new ArrayList<>();
  private final Set<String> pictures = new LinkedHashSet<>();

  EpubBook(BookSource source) {
    this.source = source;
  }

  /** All files of the publication, the package document first. */
  List<Resource> resources() {
    addPage("cover", Pages.cover(source), "svg");
    addPage("title-page", Pages.titlePage(source), "");
    addChapters();
    addPage("dedication", Pages.dedication(source), "");
    targets.add(new Navigation.Target("Dedication to the Public Domain", "dedication.xhtml"));
    addNavigation();
    resources.add(Resource.text("style", "style.css", "text/css", Pages.STYLE));
    resources.add(Pictures.resource("cover-image", Pictures.COVER).with("cover-image"));
    pictures.forEach(name -> resources.add(Pictures.resource(Pictures.id(name), name)));
    String opf = new PackageDocument(source).write(resources, spine);
    resources.addFirst(
        Resource.text("package", "package.opf", "application/oebps-package+xml", opf));
    return List.copyOf(resources);
  }

  private void addPage(String id, String document, String properties) {
    resources.add(Resource.text(id, id + ".xhtml", Resource.XHTML, document).with(properties));
    spine.add(id);
  }

  private void addChapters() {
    Counters counters = new Counters();
    for (int i = 0; i < source.chapters().size(); i++) {
      ChapterMarkup.Chapter chapter = ChapterMarkup.read(source.chapters().get(i), counters);
      String id = "chapter-%02d".formatted(i + 1);
      addPage(id, Pages.chapter(source, i + 1, chapter), "");
      targets.add(new Navigation.Target(chapter.title(), id + ".xhtml"));
      for (int page : chapter.pages()) {
        pages.add(new Navigation.PageTarget(page, "%s.xhtml#page-%d".formatted(id, page)));
      }
      pictures.addAll(chapter.pictures());
    }
  }

  private void addNavigation() {
    Navigation navigation = new Navigation(source, targets, pages);
    resources.add(Resource.text("nav", "nav.xhtml", Resource.XHTML, navigation.nav()).with("nav"));
    resources.add(Resource.text("ncx", "toc.ncx", "application/x-dtbncx+xml", navigation.ncx()));
  }
}
