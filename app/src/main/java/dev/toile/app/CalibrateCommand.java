package dev.toile.app;

import dev.toile.catalog.Catalog;
import dev.toile.catalog.text.BadInput;
import dev.toile.catalog.text.Location;
import dev.toile.catalog.text.Names;
import dev.toile.catalog.text.Problem;
import dev.toile.evidence.calibration.BandsCalibration;
import dev.toile.evidence.calibration.Calibration;
import dev.toile.evidence.calibration.ConstantsPage;
import dev.toile.evidence.calibration.EngineCalibration;
import dev.toile.evidence.calibration.TransferStudy;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code toile calibrate}: where the constants of kernels and collectives come from, and what each is worth. */
@Command(
        name = "calibrate",
        description = "Fits the constants of kernels and collectives to measured tables, and says what each is worth.",
        footer = "%nExample: toile calibrate fit measured matmul --out fitted")
final class CalibrateCommand implements Callable<Integer> {

    private static final String ABLATION = """
        # What each constant earns

        Written by `./toile calibrate ablate DIR > docs/model/ablation.md`. A constant is set to the value at which its
        mechanism is gone; points of mean error more, on the side of the fit and on the side kept out of it. Where that costs
        less than a point, the others are fitted again, for they may take its place.\
        """;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        spec().commandLine().usage(out());
        return 0;
    }

    @Command(
            name = "fit",
            description = "Fits families of constants; says how far predictions are from rows kept out of the fit.",
            footer = "%nThe same tables give the same constants: a line says whether they are those of the catalog.")
    int fit(
            @Parameters(
                            index = "0",
                            paramLabel = "DIR",
                            description = "Directory with tables such as h100_sxm_gemm.csv.")
                    Path directory,
            @Parameters(
                            index = "1..*",
                            arity = "0..*",
                            paramLabel = "FAMILY",
                            description = "attention, collectives, eager, experts, matmul (default: all).")
                    @Nullable
                    List<String> families,
            @Option(
                            names = "--out",
                            paramLabel = "DIR",
                            description = "Where to write the files of the catalog (default: compare only).")
                    @Nullable
                    Path to)
            throws BadInput, IOException {
        for (Calibration each : named(families)) {
            out().println("# " + each.family());
            settle(each.family() + ".yaml", each.fit().file(directory, out()), to);
        }
        return 0;
    }

    /** Writes a file where that is wanted, and says whether it is the catalog's. */
    private void settle(String name, String file, @Nullable Path to) throws IOException {
        if (to != null) {
            OutputFiles.write(to.toAbsolutePath(), name, file);
            out().println("wrote " + to.resolve(name));
        }
        out().println(file.equals(bundled(name)) ? "the same as the catalog's" : "not the same as the catalog's");
        out().flush();
    }

    @Command(
            name = "ablate",
            description = "Takes out each constant in turn and says what that costs; takes minutes.",
            footer = "%nExample: toile calibrate ablate measured matmul")
    int ablate(
            @Parameters(
                            index = "0",
                            paramLabel = "DIR",
                            description = "Directory with tables such as h100_sxm_gemm.csv.")
                    Path directory,
            @Parameters(
                            index = "1..*",
                            arity = "0..*",
                            paramLabel = "FAMILY",
                            description = "attention, collectives, eager, experts, matmul (default: all).")
                    @Nullable
                    List<String> families)
            throws BadInput {
        out().println(ABLATION);
        for (Calibration each : named(families)) {
            out().println();
            out().println("## " + each.family());
            out().println();
            each.ablate().print(directory, out());
            out().flush();
        }
        return 0;
    }

    @Command(
            name = "transfer",
            description =
                    "Predicts each measured generation with the constants of the others: what an unmeasured one gets.",
            footer = "%nMedian and mean of absolute errors in %, over all rows; nothing is fitted.")
    int transfer(
            @Parameters(
                            index = "0",
                            paramLabel = "DIR",
                            description = "Directory with the tables of all kernels of the measured generations.")
                    Path directory)
            throws BadInput {
        TransferStudy.print(directory, Catalog.bundled(), out());
        return 0;
    }

    @Command(
            name = "bands",
            description = "Finds how far the catalog's constants are from rows kept out of their fits.",
            footer = "%nTo be run after new constants are in the catalog: bands are of those that are there.")
    int bands(
            @Parameters(
                            index = "0",
                            paramLabel = "DIR",
                            description = "Directory with the tables of all kernels and collectives.")
                    Path directory,
            @Option(
                            names = "--out",
                            paramLabel = "DIR",
                            description = "Where to write bands.yaml (default: compare only).")
                    @Nullable
                    Path to)
            throws BadInput, IOException {
        settle("bands.yaml", BandsCalibration.fit(directory, out()), to);
        return 0;
    }

    @Command(
            name = "engines",
            description = "Fits serving engines to the published throughput that comes with Toile; takes minutes.",
            footer = "%nThe values printed are those of engines.yaml.")
    int engines() throws BadInput {
        EngineCalibration.print(out());
        return 0;
    }

    @Command(
            name = "constants",
            description = "Lists every constant with value, unit, meaning and source as a page of Markdown.")
    int constants(
            @Option(names = "--out", paramLabel = "FILE", description = "Where to write it (default: print it).")
                    @Nullable
                    Path file)
            throws IOException {
        String page = ConstantsPage.of(Catalog.bundled());
        if (file == null) {
            out().print(page);
            out().flush();
            return 0;
        }
        Path target = file.toAbsolutePath();
        Path folder = Objects.requireNonNull(target.getParent(), "a file lies somewhere");
        OutputFiles.write(folder, String.valueOf(target.getFileName()), page);
        out().println("wrote " + file);
        return 0;
    }

    private static List<Calibration> named(@Nullable List<String> names) throws BadInput {
        List<Calibration> all = Calibration.all();
        if (names == null || names.isEmpty()) {
            return all;
        }
        List<String> known = all.stream().map(Calibration::family).toList();
        List<Calibration> some = new ArrayList<>();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new BadInput(new Problem(
                        Location.ofFile("calibrate"),
                        "there is no such family of constants",
                        "'" + name + "'",
                        "one of " + String.join(", ", known),
                        Names.nearest(name, known).orElse("")));
            }
            some.add(all.get(known.indexOf(name)));
        }
        return some;
    }

    private static String bundled(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(Catalog.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private CommandSpec spec() {
        return Objects.requireNonNull(spec);
    }

    private PrintWriter out() {
        return spec().commandLine().getOut();
    }
}
