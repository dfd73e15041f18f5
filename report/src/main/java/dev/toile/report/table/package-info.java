/** Flat tables as files for other programs: CSV and Parquet. The same table gives the same bytes on every machine. */
@NullMarked
package dev.toile.report.table;

import org.jspecify.annotations.NullMarked;
