/** How worker and runner log. Depends on logback, and on nothing of ours. */
@NullMarked
package dev.scriptorium.worker.log;

import org.jspecify.annotations.NullMarked;
