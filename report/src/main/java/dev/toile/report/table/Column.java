package dev.toile.report.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One column of a table; a null is a value that is not known. */
public sealed interface Column {

    /** Its name, unique in the table, with the unit in brackets where there is one. */
    String name();

    /** Its values, from the first row. */
    List<? extends @Nullable Object> values();

    /**
     * Texts.
     *
     * @param name of the column
     * @param values from the first row
     */
    record Texts(String name, List<@Nullable String> values) implements Column {
        /** Copies the values. */
        public Texts {
            values = Collections.unmodifiableList(new ArrayList<>(values));
        }
    }

    /**
     * Numbers.
     *
     * @param name of the column
     * @param values from the first row, in the unit that the name says
     */
    record Numbers(String name, List<@Nullable Double> values) implements Column {
        /** Copies the values. */
        public Numbers {
            values = Collections.unmodifiableList(new ArrayList<>(values));
        }
    }

    /**
     * Whole numbers.
     *
     * @param name of the column
     * @param values from the first row
     */
    record Wholes(String name, List<@Nullable Long> values) implements Column {
        /** Copies the values. */
        public Wholes {
            values = Collections.unmodifiableList(new ArrayList<>(values));
        }
    }

    /**
     * Yes or no.
     *
     * @param name of the column
     * @param values from the first row
     */
    record Flags(String name, List<@Nullable Boolean> values) implements Column {
        /** Copies the values. */
        public Flags {
            values = Collections.unmodifiableList(new ArrayList<>(values));
        }
    }
}
