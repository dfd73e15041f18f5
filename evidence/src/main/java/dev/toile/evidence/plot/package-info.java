/**
 * Plots of predictions against measurements, as SVG files that a page of Markdown shows.
 *
 * <p>A file is small enough to be read as text, the same for the same data, and drawn for a phone's width, so that a
 * reader can put two beside each other in a window. It has a ground of its own and follows the reader's light or dark
 * preference. Knows {@link dev.toile.evidence.Prediction} and nothing of tables.
 */
@NullMarked
package dev.toile.evidence.plot;

import org.jspecify.annotations.NullMarked;
