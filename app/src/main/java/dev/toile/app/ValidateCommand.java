package dev.toile.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.toile.catalog.Catalog;
import dev.toile.catalog.text.BadInput;
import dev.toile.evidence.ChipFacts;
import dev.toile.evidence.CollectivePredictions;
import dev.toile.evidence.Comparison;
import dev.toile.evidence.Evidence;
import dev.toile.evidence.Fact;
import dev.toile.evidence.FactSet;
import dev.toile.evidence.MlperfPredictions;
import dev.toile.evidence.OperatorPredictions;
import dev.toile.evidence.PhaseTimes;
import dev.toile.evidence.RowTable;
import dev.toile.evidence.ServingRuns;
import dev.toile.evidence.ThroughputPredictions;
import dev.toile.evidence.TrainingPredictions;
import dev.toile.stack.figure.Unit;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code toile validate}: how far predictions are from what others measured. */
@Command(
        name = "validate",
        subcommands = {CeilingsCommand.class, ValidateKernelsCommand.class, ValidateReportCommand.class},
        description = "Compares predictions with what others stated or measured; prints one line a set.",
        footer = "%nExample: toile validate --facts")
final class ValidateCommand implements Callable<Integer> {

    private static final String FILE = "FILE";

    @Option(names = "--facts", description = "Print every fact with its source.")
    private boolean facts;

    @Option(names = "--json", description = "Print sets and facts as JSON.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        List<FactSet> sets = Evidence.bundled(Catalog.bundled());
        if (json) {
            out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(sets));
            return 0;
        }
        Table table = new Table().row(List.of("set", "facts", "agree", "mean error", "largest"));
        for (FactSet set : sets) {
            table.row(List.of(
                    set.name(),
                    String.valueOf(set.facts().size()),
                    String.valueOf(set.agreeing()),
                    percent(set.meanError()),
                    percent(set.largestError())));
        }
        table.print(out);
        if (facts) {
            sets.forEach(set -> print(out, set));
        }
        return 0;
    }

    @Command(
            name = "collectives",
            description = "Compares measured collectives with the network model, row by row.",
            footer = "%nColumns: system, op or collective, ranks, bytes, and latency_ms or time_us.")
    int collectives(@Parameters(paramLabel = FILE) Path file, @Mixin ValidateOutput output)
            throws BadInput, IOException {
        return show(CollectivePredictions.of(RowTable.read(file), Catalog.bundled(), null), output);
    }

    @Command(
            name = "operators",
            description =
                    "Compares operators of PyTorch, called one by one, with the mapping and the network, row by row.",
            footer = "%nColumns: device, operator, m, n, k, elements, bytes, latency_s, series.")
    int operators(@Parameters(paramLabel = FILE) Path file, @Mixin ValidateOutput output) throws BadInput, IOException {
        return show(OperatorPredictions.of(RowTable.read(file), Catalog.bundled()), output);
    }

    @Command(
            name = "training",
            description = "Compares measured training iterations of GPT models with predicted ones.",
            footer = "%nColumns: layers, hidden, heads, seq_len, vocab, accelerator, n_accel, tp, pp, dp, micro_batch,"
                    + " global_batch_seqs, precision, recompute, seq_parallel, iteration_time_s, mfu.")
    int training(@Parameters(paramLabel = FILE) Path file, @Mixin ValidateOutput output) throws BadInput, IOException {
        return show(TrainingPredictions.of(RowTable.read(file), Catalog.bundled()), output);
    }

    @Command(
            name = "mlperf",
            description = "Compares results of MLPerf Inference with what the planner says, per accelerator.",
            footer = "%nColumns: benchmark, scenario, accelerator, n_accel, n_nodes, precision, precision_effective,"
                    + " result.")
    int mlperf(@Parameters(paramLabel = FILE) Path file, @Mixin ValidateOutput output) throws BadInput, IOException {
        return show(MlperfPredictions.of(RowTable.read(file), Catalog.bundled()), output);
    }

    @Command(
            name = "throughput",
            description = "Compares throughput that makers of serving engines publish with the simulation, row by row.",
            footer = "%nColumns: system, software, model, precision, tp, pp, prompt_tokens, output_tokens, requests,"
                    + " max_num_seqs,%nmax_num_batched_tokens, memory_fraction, tokens_per_s.")
    int throughput(
            @Parameters(paramLabel = FILE, arity = "0..1", description = "Without it: the table that comes with Toile.")
                    @Nullable
                    Path file,
            @Mixin ValidateOutput output)
            throws BadInput, IOException {
        RowTable table = file == null ? ThroughputPredictions.bundled() : RowTable.read(file);
        return show(ThroughputPredictions.of(table, Catalog.bundled()), output);
    }

    @Command(
            name = "chips",
            description = "Compares published figures of chips with what follows from their parts.",
            footer = "%nColumns: chip, quantity, value, unit, status; rows marked recalled are skipped.")
    int chips(
            @Parameters(paramLabel = FILE, arity = "0..1", description = "Without it: the facts that come with Toile.")
                    @Nullable
                    Path file,
            @Mixin ValidateOutput output)
            throws BadInput, IOException {
        if (file == null) {
            PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
            Evidence.chips(Catalog.bundled()).forEach(set -> print(out, set));
            return 0;
        }
        return show(ChipFacts.of(RowTable.read(file), Catalog.bundled()), output);
    }

    @Command(
            name = "serving",
            description = "Replays measured runs of serving engines in the simulation.",
            footer = "%nColumns: model, hardware, parallelism, max_num_seqs, max_num_batched_tokens, metric, value; the"
                    + " requests of%na run beside it, in serving_requests/HARDWARE_MODEL_PARALLELISM.csv.")
    int serving(@Parameters(paramLabel = FILE) Path file, @Mixin ValidateOutput output) throws BadInput, IOException {
        RowTable table = RowTable.read(file);
        Catalog catalog = Catalog.bundled();
        return show(PhaseTimes.suits(table) ? PhaseTimes.of(table, catalog) : ServingRuns.of(table, catalog), output);
    }

    private int show(Comparison comparison, ValidateOutput output) throws IOException {
        output.show(comparison, Objects.requireNonNull(spec).commandLine().getOut());
        return 0;
    }

    private static void print(PrintWriter out, FactSet set) {
        out.println();
        out.println(set.title());
        Table table = new Table().row(List.of("", "stated", "predicted", "error", "tolerance"));
        for (Fact fact : set.facts()) {
            Unit unit = fact.unit().equals("s") ? Unit.SECOND : Unit.counted(fact.unit());
            table.row(List.of(
                    (fact.agrees() ? "  " : "! ") + fact.what(),
                    unit.format(fact.stated()),
                    unit.format(fact.predicted()),
                    percent(fact.error()),
                    percent(fact.tolerance())));
        }
        table.print(out);
        set.facts().stream().map(Fact::source).distinct().forEach(source -> out.println("  Source: " + source));
    }

    private static String percent(double share) {
        return share != 0 && Math.abs(share) < 1e-5
                ? String.format(Locale.ROOT, "%.0e", share)
                : String.format(Locale.ROOT, "%.2f %%", share * 100);
    }
}
