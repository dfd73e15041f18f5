package dev.toile.catalog;

import dev.toile.catalog.bind.Binder;
import dev.toile.catalog.bind.Sources;
import dev.toile.catalog.entry.EngineEntry;
import dev.toile.catalog.text.BadInput;
import dev.toile.catalog.text.Documents;
import dev.toile.catalog.text.Node;
import dev.toile.catalog.text.Problems;
import dev.toile.stack.figure.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Serving engines by id, from {@code engines.yaml}.
 *
 * @param engines in the order of the file
 */
public record Engines(SequencedMap<String, EngineEntry> engines) {

    /** Makes the map unmodifiable. */
    public Engines {
        engines = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(engines));
    }

    /** Read when first asked for. */
    private static final class Holder {
        private static final Engines BUNDLED = read();
    }

    private record EnginesFile(Map<String, Source> sources, Map<String, EngineEntry> engines) {}

    /** The engines that come with Toile. */
    public static Engines bundled() {
        return Holder.BUNDLED;
    }

    /** The engine that a table names, such as {@code vLLM 0.10.0, RHEL 9.6}: the first that fits. */
    public Optional<EngineEntry> named(String software) {
        return engines.values().stream().filter(each -> each.isNamed(software)).findFirst();
    }

    private static Engines read() {
        String file = "engines.yaml";
        try (InputStream in = Objects.requireNonNull(Engines.class.getResourceAsStream(file), file)) {
            Node document = Documents.parse(file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            Problems problems = new Problems();
            EnginesFile bound =
                    Binder.forCatalog(Sources.read(document, problems)).bind(document, EnginesFile.class, problems);
            problems.throwIfAny();
            return new Engines(new LinkedHashMap<>(Objects.requireNonNull(bound).engines()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (BadInput e) {
            throw new IllegalStateException("the bundled engines are broken:\n" + e.getMessage(), e);
        }
    }
}
