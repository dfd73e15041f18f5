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

    /** Of what was added so far. */
    Provenance provenance() {
        Map<String, Sourced> known = new HashMap<>(values);
        Provenance otherwise = Provenance.all(Source.definition("follows from " + where));
        return (name, label, value, unit) -> {
            Sourced sourced = known.get(name);
            return sourced == null
                    ? otherwise.figure(name, label, value, unit)
                    : Provenance.of(Map.of(name, sourced.citation()), otherwise).figure(name, label, value, unit);
        };
    }
}
