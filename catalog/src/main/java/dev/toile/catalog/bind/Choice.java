package dev.toile.catalog.bind;

import dev.toile.catalog.text.Location;
import dev.toile.catalog.text.ScalarNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A point at which a study leaves open what to build.
 *
 * @param path the keys (String) and list indices (Integer) from the root of the document
 * @param location where it is written
 * @param options what may stand there instead, at least one
 * @param ordered whether neighbouring options are alike: numbers that rise or fall
 * @param when other choices that must be as stated for this one to be open
 * @param otherwise what stands there when they are not; null leaves the key out
 */
public record Choice(
        List<Object> path,
        Location location,
        List<ScalarNode> options,
        boolean ordered,
        List<When> when,
        @Nullable ScalarNode otherwise) {

    /** Keeps immutable copies. */
    public Choice {
        path = List.copyOf(path);
        options = List.copyOf(options);
        when = List.copyOf(when);
    }

    /**
     * That another choice is one of some options.
     *
     * @param choice its name, such as {@code hbm-stacks}
     * @param options as written there
     * @param location where this is written
     */
    public record When(String choice, List<String> options, Location location) {
        /** Keeps an immutable copy. */
        public When {
            options = List.copyOf(options);
        }
    }

    /** The same choice inside a part of the document. */
    public Choice below(int levels) {
        return new Choice(path.subList(levels, path.size()), location, options, ordered, when, otherwise);
    }
}
