package dev.scriptorium.plugin.analysis;

import java.util.Random;

/** Small texts that show one thing each. */
final class Harbour {
  static final String DESCRIPTION =
      "The harbour lay grey and still under a low sky. Along the quay stood narrow houses with"
          + " crooked chimneys and green shutters, and behind them rose the hill, bare and black,"
          + " with the ruined tower at its top. A thin smoke was drifting over the wet roofs, and"
          + " in the windows of the old inn yellow lamps were already shining.";

  static final String TALK =
      "\"I think you should tell him,\" said Mrs. Hale. \"He would want to know, and he might"
          + " never forgive us if we kept it from him.\"";

  static final String FRENCH =
      "Il y avait sur le port une maison étroite, couverte d’ardoises, dont les fenêtres donnaient"
          + " sur la mer, et c’est là que vivait Madame Corbeau, seule depuis que son mari était"
          + " parti de Saint-Malo sur un navire qui ne revint jamais, laissant derrière lui un"
          + " jardin, deux chiens et une longue table de chêne où personne ne mangeait plus.";

  private static final String[] PIECES = {
    DESCRIPTION,
    TALK,
    "Mr. Hale walked down to Gull Street with his daughter Margaret Hale. “\uD83D\uDE80 Look!”"
        + " cried Margaret.",
    "\uD835\uDD38 strange sign, \uD83C\uDF0A\uD83C\uDF0A, was painted on the red door of the house"
        + " in Port Ellen, and under it hung a great iron bell, green with age.",
    "They had often thought of Captain O’Brien, who had lived in Lisbon for years.",
    "‘Come in,’ said Dr. Prior. ‘The wind is cold.’",
  };

  private Harbour() {}

  /**
   * A chapter of many paragraphs with characters outside the basic plane; always the same for a
   * seed.
   */
  static String chapter(Random random) {
    StringBuilder chapter = new StringBuilder(DESCRIPTION);
    for (int i = 0; i < 12; i++) {
      chapter.append("\n\n");
      if (random.nextInt(3) == 0) {
        chapter.append("\uD83D\uDC1A ");
      }
      chapter.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return chapter.append("\n\n").append(PIECES[2]).toString();
  }
}
