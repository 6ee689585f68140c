package dev.scriptorium.booktext;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineJointTest {
  @ParameterizedTest
  @CsvSource({
    "the tide,came in",
    "우리의 자유,소프트웨어",
    // A Latin word keeps its distance, as in most typesetting.
    "최신,Debian",
    "使用,Linux",
  })
  void wordsAreParted(String before, String after) {
    assertThat(LineJoint.between(before, after)).isEqualTo(" ");
  }

  @ParameterizedTest
  @CsvSource({
    "以方便用户,使用。新模板",
    "改変する事ができ,ます",
    "コードネー,ムは",
    "コンピュータ,ー",
    "目前包含、,Linux",
    "Linux,（内核）",
    "ภาษา,ไทย",
  })
  void scriptsWithoutSpacesStayWithout(String before, String after) {
    assertThat(LineJoint.between(before, after)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"the tide—,came in,''", "the tide,—came in,''", "the tide,— came in,' '"})
  void aDashBetweenWordsNeedsNone(String before, String after, String joint) {
    assertThat(LineJoint.between(before, after)).isEqualTo(joint);
  }

  @ParameterizedTest
  @CsvSource({"tide tables, 4", "quay, 4", "使用。新模板, 2", "ま, 1", "사용자가 보장, 4"})
  void wordsAreKeptOnOneLine(String text, int letters) {
    assertThat(LineJoint.unbroken(text)).isEqualTo(letters);
  }

  @Test
  void linesAreJoined() {
    assertThat(LineJoint.join(List.of("以方便用户", "使用。", "Linux", "", "内核")))
        .isEqualTo("以方便用户使用。Linux  内核");
    assertThat(LineJoint.join(List.of())).isEmpty();
  }
}
