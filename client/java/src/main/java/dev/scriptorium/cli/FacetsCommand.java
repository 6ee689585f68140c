package dev.scriptorium.cli;

import dev.scriptorium.client.ScriptoriumClient;
import dev.scriptorium.v1.ListFacetsRequest;
import dev.scriptorium.v1.ListFacetsRequest.Facet;
import dev.scriptorium.v1.ListFacetsResponse;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Counts what the books have in common. */
@Command(
    name = "facets",
    description =
        "Shows which authors, languages, series, tags, formats and genres the books have.",
    footer = {
      "",
      "  scriptorium facets --by author,language",
      "  scriptorium facets --filter 'language = en AND opened = false'"
    })
final class FacetsCommand extends Subcommand {
  @Option(
      names = "--filter",
      paramLabel = "FILTER",
      description = "Which books, for example 'tag = sea AND word_count < 30000'. All by default.")
  private String filter = "";

  @Option(
      names = "--by",
      paramLabel = "FACET",
      split = ",",
      description = "${COMPLETION-CANDIDATES}. All by default.")
  private List<By> by = List.of();

  @Option(
      names = "--most",
      paramLabel = "N",
      defaultValue = "10",
      description = "Values of each, 1 to 100. Default: ${DEFAULT-VALUE}.")
  private int most;

  /** What values are of. */
  enum By {
    AUTHOR(Facet.FACET_AUTHOR),
    LANGUAGE(Facet.FACET_LANGUAGE),
    SERIES(Facet.FACET_SERIES),
    TAG(Facet.FACET_TAG),
    MEDIA_TYPE(Facet.FACET_MEDIA_TYPE),
    GENRE(Facet.FACET_GENRE);

    private final Facet facet;

    By(Facet facet) {
      this.facet = facet;
    }
  }

  FacetsCommand(Shell shell) {
    super(shell);
  }

  @Override
  int act(ScriptoriumClient client) {
    ListFacetsResponse answer =
        client.listFacets(
            ListFacetsRequest.newBuilder()
                .setFilter(filter)
                .addAllFacets(by.stream().map(each -> each.facet).toList())
                .setMaxValues(most)
                .build());
    if (json()) {
      printJson(answer);
      return 0;
    }
    Table table = new Table("FACET", "*VALUE", ">BOOKS");
    for (ListFacetsResponse.Values values : answer.getFacetsList()) {
      String facet = values.getFacet().name().substring("FACET_".length()).toLowerCase(Locale.ROOT);
      values
          .getValuesList()
          .forEach(value -> table.row(facet, value.getValue(), Words.count(value.getBooks())));
    }
    print(table);
    if (answer.getTruncated()) {
      print("of the newest " + Words.count(answer.getBooks(), "book") + " that fit");
    }
    return 0;
  }
}
