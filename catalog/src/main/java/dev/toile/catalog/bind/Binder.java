package dev.toile.catalog.bind;

import dev.toile.catalog.text.Node;
import dev.toile.catalog.text.Problems;
import dev.toile.catalog.unit.Quantities;
import dev.toile.stack.figure.Source;
import dev.toile.stack.mapping.Tile;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes records out of nodes. Immutable; the shapes of types are derived once and kept.
 *
 * <p>A component may be a String, boolean, int, long, a double with {@link Unit}, an enum, a record, a
 * sealed interface of records, a leaf type, and a List of those or a Map of those with String or enum
 * keys. A component {@code Location location} takes the place of the node. A component is required
 * unless it is {@code @Nullable} or has a {@link Default}.
 */
public final class Binder {

    private static final Binder PLAIN = builder().build();
    private static final Shapes CATALOG = new Shapes(Set.of(Sourced.class, Source.class, Tile.class));

    /**
     * A leaf type.
     *
     * @param reader how it is read
     * @param schema how a JSON Schema describes it
     */
    record LeafType(LeafReader<?> reader, Map<String, Object> schema) {

        String describe(String unit) {
            String doc = schema.get("description") instanceof String text ? text : "a value";
            return unit.equals("1") ? doc : doc + ": " + Quantities.describe(unit);
        }
    }

    private final Shapes shapes;
    private final Map<Class<?>, LeafType> leaves;

    private Binder(Shapes shapes, Map<Class<?>, LeafType> leaves) {
        this.shapes = shapes;
        this.leaves = Map.copyOf(leaves);
    }

    /** {@return a binder without leaf types} */
    public static Binder plain() {
        return PLAIN;
    }

    /**
     * A binder that knows {@link Sourced} values, and {@link Source} as {@code {title, url, date}} under
     * its id.
     *
     * @param sources the sources that the document declares, by id; see {@link Sources#read}
     * @return the binder
     */
    public static Binder forCatalog(Map<String, Source> sources) {
        return forCatalog(sources, Draw.MID);
    }

    /**
     * The same, with the middle of each range replaced by what is drawn.
     *
     * @param sources the sources that the document declares, by id
     * @param draw which value of a range is used
     * @return the binder
     */
    public static Binder forCatalog(Map<String, Source> sources, Draw draw) {
        Builder builder = builder()
                .leaf(Sourced.class, new SourcedReader(sources, draw), SourcedReader.SCHEMA)
                .leaf(Source.class, Sources::source, Sources.SCHEMA)
                .leaf(Tile.class, new Tiles(), Tiles.SCHEMA);
        return new Binder(CATALOG, builder.leaves);
    }

    /** {@return a builder without leaf types} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Makes a record.
     *
     * @param <R> its type
     * @param node where it is written
     * @param type its type
     * @param problems where to report what is wrong
     * @return the record, or null exactly when problems were added
     * @throws IllegalArgumentException if the type itself cannot be bound
     */
    public <R extends Record> @Nullable R bind(Node node, Class<R> type, Problems problems) {
        return type.cast(new Binding(this, problems).root(shapes.record(type), node));
    }

    Shapes shapes() {
        return shapes;
    }

    LeafType leaf(Class<?> type) {
        LeafType leaf = leaves.get(type);
        if (leaf == null) {
            throw new IllegalStateException("no leaf type " + type);
        }
        return leaf;
    }

    /** Collects leaf types. */
    public static final class Builder {

        private final Map<Class<?>, LeafType> leaves = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Adds a leaf type, which takes precedence over what the type would be otherwise.
         *
         * @param <T> the type
         * @param type the type
         * @param reader how it is read
         * @param schema how a JSON Schema describes it, as maps, lists, strings, numbers and booleans; messages use its
         *     {@code description} to say what is expected
         * @return this builder
         */
        public <T> Builder leaf(Class<T> type, LeafReader<T> reader, Map<String, Object> schema) {
            leaves.put(type, new LeafType(reader, schema));
            return this;
        }

        /** {@return the binder} */
        public Binder build() {
            return new Binder(new Shapes(leaves.keySet()), leaves);
        }
    }
}
