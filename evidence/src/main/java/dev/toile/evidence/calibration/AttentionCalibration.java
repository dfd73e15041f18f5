package dev.toile.evidence.calibration;

import dev.toile.catalog.Catalog;
import dev.toile.catalog.text.BadInput;
import dev.toile.evidence.KernelKind;
import dev.toile.stack.chip.Chip;
import dev.toile.stack.figure.Provenance;
import dev.toile.stack.figure.Source;
import dev.toile.stack.mapping.attention.AttentionConstants;
import dev.toile.stack.mapping.attention.AttentionLaw;
import dev.toile.stack.mapping.attention.AttentionSoftware;
import dev.toile.stack.mapping.attention.Warmth;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * Fits the constants of attention kernels to tables of measured kernels.
 *
 * @param samples by generation and kind of table
 */
public record AttentionCalibration(Map<String, Map<KernelKind, List<AttentionSample>>> samples) {

    /** Kinds of tables with the prefixes of the constants that they determine. */
    static final SequencedMap<KernelKind, List<String>> STAGES = stages();

    private static SequencedMap<KernelKind, List<String>> stages() {
        SequencedMap<KernelKind, List<String>> stages = new LinkedHashMap<>();
        stages.put(KernelKind.ATTENTION_CONTEXT, List.of("prefill.", "otherPrefill."));
        stages.put(
                KernelKind.ATTENTION_GENERATION,
                List.of("perHead.", "grouped.", "groupedEight.", "otherGrouped.", "otherGroupedEight."));
        stages.put(KernelKind.MLA_CONTEXT, List.of("latentPrefill."));
        stages.put(KernelKind.MLA_GENERATION, List.of("latentDecode."));
        stages.put(KernelKind.MLA_BMM, List.of("absorbed.", "absorbedEight."));
        return stages;
    }

    /** Fits, tells both sides, and gives the file. */
    static String fit(Path measured, PrintWriter log) throws BadInput {
        AttentionCalibration calibration = read(measured);
        SequencedMap<String, AttentionConstants> fitted = calibration.run(log);
        log.print(AttentionReport.of(calibration, fitted));
        return AttentionFile.of(fitted);
    }

    /** What each constant of the catalog earns, and what an unseen generation gets. */
    static void ablate(Path measured, PrintWriter out) throws BadInput {
        Map<String, AttentionConstants> fitted = new LinkedHashMap<>();
        Catalog.bundled().attention().forEach((id, software) -> fitted.put(id, software.constants()));
        new AttentionStudy(read(measured), fitted).report(out);
    }

    /**
     * Reads all tables of a folder.
     *
     * @throws BadInput when one cannot be read
     */
    public static AttentionCalibration read(Path measured) throws BadInput {
        Map<String, Map<KernelKind, List<AttentionSample>>> samples = new LinkedHashMap<>();
        for (AttentionStart start : AttentionStart.all()) {
            Map<KernelKind, List<AttentionSample>> kinds = new EnumMap<>(KernelKind.class);
            for (KernelKind kind : STAGES.keySet()) {
                String file =
                        start.chip().replace('-', '_') + "_" + kind.label().replace('-', '_') + ".csv";
                kinds.put(kind, AttentionSample.read(measured.resolve(file), kind));
            }
            samples.put(start.id(), kinds);
        }
        return new AttentionCalibration(samples);
    }

    private SequencedMap<String, AttentionConstants> run(PrintWriter log) {
        SequencedMap<String, AttentionConstants> fitted = new LinkedHashMap<>();
        for (AttentionStart start : AttentionStart.all()) {
            AttentionConstants constants = start.constants();
            for (KernelKind kind : STAGES.keySet()) {
                constants = fit(start, kind, constants, List.of());
                log.println("fitted " + start.id() + " " + kind.label());
                log.flush();
            }
            fitted.put(start.id(), constants);
        }
        return fitted;
    }

    /** The constants of one kind fitted to the rows of one generation that are not kept out. */
    AttentionConstants fit(AttentionStart start, KernelKind kind, AttentionConstants from, List<String> alsoFrozen) {
        List<AttentionSample> used =
                of(start, kind).stream().filter(sample -> !sample.keptOut()).toList();
        Chip chip = chip(start);
        return new Fit<>(from, c -> loss(chip, c, used), frozen(start, kind, from, alsoFrozen)).best();
    }

    List<AttentionSample> of(AttentionStart start, KernelKind kind) {
        Map<KernelKind, List<AttentionSample>> kinds = Objects.requireNonNull(samples.get(start.id()), start.id());
        return Objects.requireNonNull(kinds.get(kind), kind.label());
    }

    static Chip chip(AttentionStart start) {
        return Catalog.bundled().chip(start.chip());
    }

    /** Constants of other kinds and those of mechanisms that this software does not have. */
    static List<String> frozen(AttentionStart start, KernelKind kind, AttentionConstants from, List<String> also) {
        List<String> prefixes = Objects.requireNonNull(STAGES.get(kind));
        List<String> frozen = new ArrayList<>();
        for (Constants.Entry entry : Constants.of(from).entries()) {
            String path = entry.path();
            boolean ours = prefixes.stream().anyMatch(path::startsWith);
            if (!ours || matches(start.frozen(), path) || matches(also, path)) {
                frozen.add(path);
            }
        }
        return frozen;
    }

    /** A pattern is the beginning of a path, or of what follows a dot in it. */
    private static boolean matches(List<String> patterns, String path) {
        return patterns.stream().anyMatch(each -> path.startsWith(each) || path.contains("." + each));
    }

    static AttentionLaw law(Chip chip, AttentionConstants constants) {
        Provenance fitted = Provenance.all(Source.definition("being fitted"));
        return new AttentionLaw(chip, new AttentionSoftware(constants, fitted), 1, Warmth.WARM);
    }

    /** Mean absolute log error. */
    static double loss(Chip chip, AttentionConstants constants, List<AttentionSample> samples) {
        AttentionLaw law = law(chip, constants);
        double sum = 0;
        for (AttentionSample sample : samples) {
            sum += Math.abs(Math.log(law.seconds(sample.operation()) / sample.seconds()));
        }
        return sum / samples.size();
    }

    static Residuals residuals(Chip chip, AttentionConstants constants, List<AttentionSample> samples) {
        AttentionLaw law = law(chip, constants);
        return Residuals.of(
                samples.stream().mapToDouble(s -> law.seconds(s.operation())).toArray(),
                samples.stream().mapToDouble(AttentionSample::seconds).toArray());
    }
}
