package dev.scriptorium.plugin.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListItemsTest {
  @ParameterizedTest
  @ValueSource(strings = {"(i) one", "a) two", "(b) three", "12) four", "3. five", "(iv) six"})
  void markersCount(String line) {
    assertThat(ListItems.startsWithMarker(line)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(y) is a point",
        "y) is not",
        "1984. A year",
        "He went",
        "(see) there",
        "a) ",
        "I. A"
      })
  void otherBeginningsDoNot(String line) {
    assertThat(ListItems.startsWithMarker(line)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.1 The harbour . . . . . . 12", "Preface ........ vii"})
  void dotsLeadToANumber(String line) {
    assertThat(ListItems.endsWithLeader(line)).isTrue();
  }

  @Test
  void anEllipsisIsNoLeader() {
    assertThat(ListItems.endsWithLeader("and then . . . nothing")).isFalse();
    assertThat(ListItems.endsWithLeader("and then ......")).isFalse();
    assertThat(ListItems.startsWithBullet("• one")).isTrue();
    assertThat(ListItems.startsWithBullet("•one")).isFalse();
  }
}
