/**
 * Writes workbooks of the Office Open XML kind (XLSX), as far as Toile needs them: texts, numbers, and formulas that
 * carry their value. The same workbook gives the same bytes on every machine.
 */
@NullMarked
package dev.toile.report.sheet;

import org.jspecify.annotations.NullMarked;
