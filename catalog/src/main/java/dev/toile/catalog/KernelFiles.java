package dev.toile.catalog;

import dev.toile.catalog.bind.Binder;
import dev.toile.catalog.bind.Sources;
import dev.toile.catalog.text.BadInput;
import dev.toile.catalog.text.Documents;
import dev.toile.catalog.text.Node;
import dev.toile.catalog.text.Problems;
import dev.toile.stack.figure.Source;
import dev.toile.stack.mapping.Calibrated;
import dev.toile.stack.mapping.band.BandTable;
import dev.toile.stack.mapping.elementwise.ElementwiseConstants;
import dev.toile.stack.mapping.matmul.MatmulKernels;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/** Reads files of fitted constants: generations of chips and software, each with the data it was fitted to. */
public final class KernelFiles {

    private KernelFiles() {}

    private record MatmulFile(Map<String, Source> sources, Map<String, MatmulEntry> generations) {}

    private record MatmulEntry(String source, MatmulKernels kernels) {}

    private record EagerFile(
            Map<String, Source> sources,
            Map<String, MatmulEntry> generations,
            Map<String, ElementwiseEntry> elementwise) {}

    private record ElementwiseEntry(String source, ElementwiseConstants constants) {}

    /**
     * Constants of dense products.
     *
     * @param file name for messages
     * @param text of the file
     * @throws BadInput when it does not say all that the law needs
     */
    public static SequencedMap<String, Calibrated<MatmulKernels>> matmul(String file, String text) throws BadInput {
        return matmul(Documents.parse(file, text));
    }

    /** Constants of dense products of a file that is a tree already. */
    static SequencedMap<String, Calibrated<MatmulKernels>> matmul(Node document) throws BadInput {
        MatmulFile read = read(document, MatmulFile.class);
        return products(read.sources(), read.generations());
    }

    private static SequencedMap<String, Calibrated<MatmulKernels>> products(
            Map<String, Source> sources, Map<String, MatmulEntry> generations) {
        SequencedMap<String, Calibrated<MatmulKernels>> out = new LinkedHashMap<>();
        generations.forEach((name, entry) ->
                out.put(name, new Calibrated<>(entry.kernels(), source(sources, entry.source()))));
        return out;
    }

    /**
     * Constants of operations that a framework calls one by one: dense products and elementwise work; of the latter
     * besides those of the file the {@code ideal} ones, which no data set.
     *
     * @param file name for messages
     * @param text of the file
     * @throws BadInput when it does not say all that the laws need
     */
    public static Eager eager(String file, String text) throws BadInput {
        EagerFile read = read(file, text, EagerFile.class);
        SequencedMap<String, Calibrated<ElementwiseConstants>> elementwise = new LinkedHashMap<>();
        read.elementwise()
                .forEach((name, entry) -> elementwise.put(
                        name, new Calibrated<>(entry.constants(), source(read.sources(), entry.source()))));
        elementwise.put("ideal", new Calibrated<>(ElementwiseConstants.IDEAL, IDEAL));
        return new Eager(products(read.sources(), read.generations()), elementwise);
    }

    private static final Source IDEAL = Source.definition("every byte once at full bandwidth: a lower bound");

    /**
     * What {@link #eager} reads.
     *
     * @param matmul constants of dense products by generation and software
     * @param elementwise constants of elementwise work
     */
    public record Eager(
            SequencedMap<String, Calibrated<MatmulKernels>> matmul,
            SequencedMap<String, Calibrated<ElementwiseConstants>> elementwise) {}

    private record BandsFile(Map<String, Source> sources, BandTable bands) {}

    /**
     * Residuals of all laws.
     *
     * @param file name for messages
     * @param text of the file
     * @throws BadInput when it does not say all that bands need
     */
    public static BandTable bands(String file, String text) throws BadInput {
        return read(file, text, BandsFile.class).bands();
    }

    private static Source source(Map<String, Source> sources, String id) {
        return Objects.requireNonNull(sources.get(id), id);
    }

    private static <R extends Record> R read(String file, String text, Class<R> type) throws BadInput {
        return read(Documents.parse(file, text), type);
    }

    private static <R extends Record> R read(Node document, Class<R> type) throws BadInput {
        Problems problems = new Problems();
        R bound = Binder.forCatalog(Sources.read(document, problems)).bind(document, type, problems);
        problems.throwIfAny();
        return Objects.requireNonNull(bound);
    }
}
