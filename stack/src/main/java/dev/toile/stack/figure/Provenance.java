package dev.toile.stack.figure;

import java.util.Map;

/**
 * Knows where the plain numbers of a record come from: a datasheet, a study, or a computation.
 *
 * <p>Records of parameters (chip, system, economics) hold doubles, so that evaluation is arithmetic; when somebody
 * asks, their provenance turns one of these doubles into a figure.
 */
@FunctionalInterface
public interface Provenance {

    /**
     * The figure behind a number.
     *
     * @param name the number's name in its record, kebab-case
     * @param label what it is, in words
     * @param value the number, SI
     * @param unit of the number
     */
    Figure figure(String name, String label, double value, Unit unit);

    /** Every number comes from one source. */
    static Provenance all(Source source) {
        return (name, label, value, unit) -> Figure.leaf(name, label, value, unit, source);
    }

    /**
     * Each number has its own citation; a number without one comes from {@code otherwise}.
     *
     * @param citations by the number's name
     */
    static Provenance of(Map<String, Citation> citations, Provenance otherwise) {
        Map<String, Citation> copy = Map.copyOf(citations);
        return (name, label, value, unit) -> {
            Citation citation = copy.get(name);
            return citation == null
                    ? otherwise.figure(name, label, value, unit)
                    : citation.figure(name, label, value, unit);
        };
    }

    /**
     * The source of one number and what to know about it.
     *
     * @param source the document
     * @param note an assumption, a range; may be empty
     */
    record Citation(Source source, String note) implements Provenance {
        @Override
        public Figure figure(String name, String label, double value, Unit unit) {
            return Figure.leaf(name, label, value, unit, source).noted(note);
        }
    }
}
