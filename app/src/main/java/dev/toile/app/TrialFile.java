package dev.toile.app;

import dev.toile.catalog.study.CandidateSpace;
import dev.toile.catalog.study.Study;
import dev.toile.catalog.text.BadInput;
import dev.toile.catalog.text.Location;
import dev.toile.catalog.text.Problem;
import dev.toile.catalog.text.ScalarNode;
import dev.toile.search.TrialStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The trials of a run in its directory: {@code search.duckdb} while it runs and for going on, then as Parquet. */
final class TrialFile implements AutoCloseable {

    private static final String STORE = "search.duckdb";
    private static final String PARQUET = "trials.parquet";

    /** Trials below which a run is repeated faster than it is gone on with. */
    private static final long WORTH_STORING = 1_000;

    private final @Nullable TrialStore store;
    private final Path directory;

    private TrialFile(@Nullable TrialStore store, Path directory) {
        this.store = store;
        this.directory = directory;
    }

    /**
     * The store of a run; none for small ones.
     *
     * @throws BadInput when there is nothing to resume, or it belongs to another run
     */
    static TrialFile of(Study study, SearchPlan plan, Path directory, boolean resume) throws BadInput, IOException {
        Path file = directory.resolve(STORE);
        if (resume) {
            if (!Files.exists(file)) {
                throw bad(file, "there is nothing to resume", "leave out --resume");
            }
            TrialStore store = TrialStore.reopen(file, run(study, plan), study.objectives())
                    .orElseThrow(() -> bad(
                            file,
                            "it holds trials of another study, seed, optimizer or version of Toile",
                            "leave out --resume, or name another directory with --out"));
            return new TrialFile(store, directory);
        }
        if (plan.trials(study) < WORTH_STORING) {
            return new TrialFile(null, directory);
        }
        Files.createDirectories(directory);
        return new TrialFile(TrialStore.create(file, run(study, plan), study.objectives()), directory);
    }

    private static BadInput bad(Path file, String what, String maybe) {
        return new BadInput(new Problem(Location.ofFile(file.toString()), what, "", "", maybe));
    }

    /** What must be equal for trials to be the same: the study as written, the seed, the method, the program. */
    private static String run(Study study, SearchPlan plan) {
        StringBuilder text = new StringBuilder(Version.NUMBER).append('\n').append(plan.seed());
        text.append('\n').append(plan.chosen()).append('\n');
        study.values()
                .forEach(value -> text.append(value.path())
                        .append('=')
                        .append(value.text())
                        .append('\n'));
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Nullable
    TrialStore store() {
        return store;
    }

    /** How many trials it holds. */
    long known(Study study) throws IOException {
        long known = 0;
        for (CandidateSpace candidate : study.candidates()) {
            known += store == null ? 0 : store.trials(candidate.name()).size();
        }
        return known;
    }

    /** Writes all trials as Parquet. */
    void export(Study study) throws IOException {
        if (store == null) {
            return;
        }
        List<TrialStore.Named> searches = study.candidates().stream()
                .map(candidate -> new TrialStore.Named(
                        candidate.name(),
                        StudyProblem.of(study, candidate).space(),
                        candidate.axes().stream()
                                .map(axis -> axis.options().stream()
                                        .map(ScalarNode::text)
                                        .toList())
                                .toList()))
                .toList();
        OutputFiles.write(directory, PARQUET, file -> store.export(file, searches));
    }

    @Override
    public void close() throws IOException {
        if (store != null) {
            store.close();
        }
    }
}
