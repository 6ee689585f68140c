/**
 * The worker's place on the machine: its work directory, the directories of jobs in it, program and
 * memory. Knows neither servers nor runners.
 */
@NullMarked
package dev.scriptorium.worker.files;

import org.jspecify.annotations.NullMarked;
