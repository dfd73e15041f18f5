package dev.toile.catalog.entry;

import dev.toile.catalog.bind.Sourced;
import dev.toile.stack.figure.Provenance;
import dev.toile.stack.figure.Source;
import java.util.HashMap;
import java.util.Map;

/**
 * Gathers the sources of an entry's numbers under the names the stack asks for. A citation is written out when somebody
 * asks for it: a search makes thousands of candidates a second, and nobody asks.
 */
final class Citations {
    private final Map<String, Sourced> values = new HashMap<>();
    private final String where;

    Citations(String where) {
        this.where = where;
    }

    Citations add(String name, Sourced value) {
        values.put(name, value);
        return this;
    }

    /** Citations are put into words when somebody asks: a search assembles thousands of chips and explains a few. */
    Provenance provenance() {
        Map<String, Sourced> copy = Map.copyOf(values);
        String origin = where;
        return (name, label, value, unit) -> {
            Sourced sourced = copy.get(name);
            Provenance cited =
                    sourced == null ? Provenance.all(Source.definition("follows from " + origin)) : sourced.citation();
            return cited.figure(name, label, value, unit);
        };
    }
}
