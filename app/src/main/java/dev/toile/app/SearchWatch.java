package dev.toile.app;

import dev.toile.search.Archive;
import dev.toile.search.Trial;
import dev.toile.search.TrialStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Looks on while a study runs: stores trials, shows progress, and passes on an interrupt (Ctrl-C), after which what was
 * found so far is still written down.
 */
final class SearchWatch implements AutoCloseable {

    private final @Nullable TrialStore store;
    private final Progress progress;
    private final CountDownLatch written = new CountDownLatch(1);
    private final Thread onInterrupt = new Thread(this::interrupted, "toile-interrupt");
    private volatile boolean stopped;

    SearchWatch(@Nullable TrialStore store, Progress progress) {
        this.store = store;
        this.progress = progress;
        Runtime.getRuntime().addShutdownHook(onInterrupt);
    }

    /** The JVM ends when this returns, so it waits until the results are written. */
    private void interrupted() {
        stopped = true;
        try {
            written.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether somebody asked for an end. */
    boolean stopped() {
        return stopped;
    }

    /** Trials of an earlier run that this one goes on from. */
    List<Trial> known(String candidate) {
        try {
            return store == null ? List.of() : store.trials(candidate);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stores fresh trials and shows how far the run is. */
    void told(String candidate, List<Trial> fresh, Archive archive) {
        try {
            if (store != null && !fresh.isEmpty()) {
                store.add(candidate, archive.size() - fresh.size(), fresh);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        progress.show(candidate, archive);
    }

    /** The search is over; what follows is writing. */
    void searched() {
        progress.close();
    }

    @Override
    public void close() {
        progress.close();
        written.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(onInterrupt);
        } catch (IllegalStateException alreadyGoingDown) {
            // Then the hook has done its work.
        }
    }
}
