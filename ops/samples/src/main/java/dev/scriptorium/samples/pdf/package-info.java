/**
 * Sets the sample PDF from its plain-text sources: title pages, running heads, page numbers, two
 * columns, hyphens, a drawing and an outline, as books have them. The same sources give the same
 * bytes. Depends on PDFBox alone.
 */
@NullMarked
package dev.scriptorium.samples.pdf;

import org.jspecify.annotations.NullMarked;
