package dev.scriptorium.positions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MalformedPlaceTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "cfi(/6/8!/4),1",
        "epubcfi(/6/8!/4/x),17",
        "epubcfi(/6/8/4),13",
        "epubcfi(/6/8!/4/2:3,20",
        "epubcfi(/6[a^]b]/8!/4:x),23",
        "\"epubcfi(/6/8!/4,/2:1)\",21",
        "\"epubcfi(/6/8!/4) \",17"
      })
  void aCfiSaysWhereItGoesWrong(String cfi, int column) {
    assertThat(fault(() -> EpubCfi.parse(cfi))).isEqualTo(column);
  }

  @ParameterizedTest
  @CsvSource({
    "body/DocFragment[1]/body/p,1",
    "/body/DocFragment[x]/body/p,19",
    "/body/DocFragment[2]/body/p/text(.3,34",
    "/body/DocFragment[2]/body//p,27",
    "/body/DocFragment[2]/bödy/p,23"
  })
  void anXPointerSaysWhereItGoesWrong(String pointer, int column) {
    assertThat(fault(() -> SourceMap.item(pointer))).isEqualTo(column);
  }

  @Test
  void columnsCountCodePoints() {
    assertThat(fault(() -> EpubCfi.parse("epubcfi(/6[\uD83D\uDE00]/8x"))).isEqualTo(16);
  }

  private static int fault(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    MalformedPlaceException thrown = catchThrowableOfType(MalformedPlaceException.class, call);
    return thrown.column();
  }
}
