/**
 * The whole system under faults: several servers and workers as real processes, a fault proxy on
 * every link, seeded faults, a recorded history, and a checker that knows nothing but the records.
 */
@NullMarked
package dev.scriptorium.loadtest.chaos;

import org.jspecify.annotations.NullMarked;
