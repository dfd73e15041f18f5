package dev.toile.catalog.entry;

import dev.toile.catalog.bind.Default;
import dev.toile.catalog.bind.Doc;
import dev.toile.catalog.bind.Sourced;
import dev.toile.catalog.bind.Unit;
import dev.toile.stack.serving.simulation.EngineSettings.Policy;
import dev.toile.stack.serving.simulation.EngineSoftware;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One version of a serving engine in {@code engines.yaml}.
 *
 * @param name of it
 * @param software how tables name it: regular expressions for the beginning of the name
 * @param policy of its scheduler
 * @param hostPerStep time in which the accelerator waits in each step that the host decides
 * @param hostPerSequence more for each running sequence
 * @param ahead whether the host decides a step while the last one runs
 * @param steps decode steps that the host decides at once
 * @param products rate of its 8-bit dense products over that of the chip's profile
 * @param experts the same of its grouped products
 * @param ownPass whether inputs of 8-bit products are cast by kernels of their own even where their scales are known
 * @param castCache whether attention casts a cache of 8 bits to 16 as it reads it, and gains no time from it
 */
@Doc("A version of a serving engine")
public record EngineEntry(
        String name,
        List<String> software,
        Policy policy,
        @Unit("s") Sourced hostPerStep,
        @Unit("s") Sourced hostPerSequence,
        @Default("false") boolean ahead,
        @Default("1") int steps,
        @Unit("1") Sourced products,
        @Unit("1") Sourced experts,
        @Default("false") boolean ownPass,
        @Default("false") boolean castCache) {

    /** The engine of the stack. */
    public EngineSoftware engine() {
        Citations citations = new Citations("the serving engine " + name)
                .add("host-per-step", hostPerStep)
                .add("host-per-sequence", hostPerSequence)
                .add("products", products)
                .add("experts", experts);
        return new EngineSoftware(
                name,
                policy,
                hostPerStep.mid(),
                hostPerSequence.mid(),
                ahead,
                steps,
                products.mid(),
                experts.mid(),
                ownPass,
                castCache,
                citations.provenance());
    }

    /** Whether a table means this engine. */
    public boolean isNamed(String text) {
        return software.stream()
                .anyMatch(each -> Pattern.compile(each).matcher(text).lookingAt());
    }
}
