/**
 * What readers do with books. Progress: a log of steps for each reader and book, a head for each
 * device, and the resolved head, committed in groups. Annotations that merge and find their place
 * again. Sessions, and the statistics they add up to. May use {@code blob}, {@code database} and
 * {@code wire}, and no other feature; the text of books is handed in as {@link BookText}.
 */
@NullMarked
package dev.scriptorium.server.reading;

import org.jspecify.annotations.NullMarked;
