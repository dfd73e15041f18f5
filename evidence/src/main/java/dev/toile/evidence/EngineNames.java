package dev.toile.evidence;

import dev.toile.catalog.Engines;
import dev.toile.catalog.entry.EngineEntry;
import dev.toile.stack.serving.simulation.EngineSoftware;

/** Finds the serving engine that a table of results names. */
public interface EngineNames {

    /** The engines of the catalog. */
    EngineNames BUNDLED = software -> Engines.bundled()
            .named(software)
            .map(EngineEntry::engine)
            .orElseThrow(() -> new Unpredictable("the catalog has no serving engine '" + software + "'"));

    /**
     * The engine of a name such as {@code vLLM 0.10.0, RHEL 9.6}.
     *
     * @throws Unpredictable when nobody knows it
     */
    EngineSoftware engine(String software) throws Unpredictable;
}
