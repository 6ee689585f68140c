/** Tests of the EPUB samples. */
@NullMarked
package dev.scriptorium.samples.epub;

import org.jspecify.annotations.NullMarked;
