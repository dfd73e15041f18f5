package dev.toile.app;

import dev.toile.search.Archive;
import dev.toile.search.Hypervolume;
import java.io.Console;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * How far a run is, with its rate, the time left and the hypervolume found: a bar on a terminal, a plain line now and
 * then where the output is piped, nothing for runs that are over before one could read it.
 */
final class Progress implements AutoCloseable {

    /** Trials below which a run shows no progress. */
    static final long WORTH_SHOWING = 1_000;

    private static final int PIPED_MILLISECONDS = 5_000;
    private static final int PIPED_WIDTH = 120;
    private static final long HYPERVOLUME_EVERY_NANOSECONDS = 500_000_000L;

    private final @Nullable ProgressBar bar;
    private final Map<String, double[]> references = new HashMap<>();
    private final Map<String, Integer> sizes = new HashMap<>();
    private long lastHypervolume;
    private boolean closed;

    private Progress(@Nullable ProgressBar bar) {
        this.bar = bar;
    }

    static Progress of(long trials, PrintWriter err) {
        if (trials < WORTH_SHOWING) {
            return new Progress(null);
        }
        ProgressBarBuilder builder = new ProgressBarBuilder()
                .setTaskName("toile")
                .setInitialMax(trials)
                .setUnit(" evaluations", 1)
                .setStyle(ProgressBarStyle.ASCII)
                .showSpeed();
        if (!Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false)) {
            builder.setUpdateIntervalMillis(PIPED_MILLISECONDS)
                    .setConsumer(new DelegatingProgressBarConsumer(err::println, PIPED_WIDTH));
        }
        return new Progress(builder.build());
    }

    /** The archive of one candidate has grown. */
    void show(String candidate, Archive archive) {
        if (bar == null) {
            return;
        }
        Integer before = sizes.put(candidate, archive.size());
        bar.stepBy(archive.size() - (before == null ? 0 : before));
        if (System.nanoTime() - lastHypervolume > HYPERVOLUME_EVERY_NANOSECONDS) {
            double[] reference = references.computeIfAbsent(candidate, _ -> archive.worst());
            if (reference.length == 0) {
                references.remove(candidate);
            } else {
                bar.setExtraMessage(String.format(
                        Locale.ROOT,
                        " front %d, hypervolume %.5g",
                        archive.front().size(),
                        volume(archive, reference)));
            }
            lastHypervolume = System.nanoTime();
        }
    }

    /** As a share of the box between the best of each objective and the worst that was seen first. */
    private static double volume(Archive archive, double[] reference) {
        return Hypervolume.share(archive, reference);
    }

    @Override
    public void close() {
        if (bar != null && !closed) {
            closed = true;
            bar.close();
        }
    }
}
