package dev.scriptorium.booktext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HtmlWriterTest {
  private final HtmlWriter html = new HtmlWriter(10_000);

  @Test
  void textAndAttributesAreEscapedAndEveryElementIsClosed() {
    html.open("p").attribute("title", "\"<&").text("a<b>&\u0000c").open("br");

    assertThat(html.finish()).isEqualTo("<p title=\"&quot;&lt;&amp;\">a&lt;b&gt;&amp;c<br></p>");
  }

  @Test
  void attributesThatAreNotAllowedAreLeftOut() {
    html.open("td").attribute("onclick", "x()").attribute("style", "x").attribute("colspan", "2");

    assertThat(html.finish()).isEqualTo("<td colspan=\"2\"></td>");
  }

  @Test
  void elementsThatAreNotAllowedAreRefused() {
    assertThatThrownBy(() -> html.open("script")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void linksLeadToTheWebOrIntoTheBookAndNowhereElse() {
    html.link("https://example.org/?a&b").close();
    html.link("text/two.xhtml#x").close();
    html.link("javascript:alert(1)").close();
    html.link("JaVa\tScript:alert(1)").close();
    html.link("//example.org/").close();

    assertThat(html.finish())
        .isEqualTo(
            "<a href=\"https://example.org/?a&amp;b\" rel=\"noopener noreferrer\"></a>"
                + "<a href=\"text/two.xhtml#x\"></a><a></a><a></a><a></a>");
  }

  @Test
  void picturesAreNamedByResourceOnly() {
    html.image("images/a.png", "A \"ship\"").image("data:text/html;base64,AA", "x");

    assertThat(html.finish())
        .isEqualTo("<img src=\"images/a.png\" alt=\"A &quot;ship&quot;\"><img alt=\"x\">");
  }

  @Test
  void textBeyondTheLimitIsLeftOut() {
    HtmlWriter small = new HtmlWriter(10);
    small.open("p").text("abc").text("0123456789");

    assertThat(small.full()).isTrue();
    assertThat(small.finish()).isEqualTo("<p>abc</p>");
  }
}
