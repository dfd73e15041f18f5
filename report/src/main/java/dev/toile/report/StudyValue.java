package dev.toile.report;

/**
 * A value as the study's author wrote it.
 *
 * @param path of keys that lead to it, such as {@code economics.power-price}
 * @param text with its unit, such as {@code 60 USD/MWh}
 * @param where it is written: file and line
 */
public record StudyValue(String path, String text, String where) {}
