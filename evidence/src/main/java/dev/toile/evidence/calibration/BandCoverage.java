package dev.toile.evidence.calibration;

import dev.toile.catalog.Catalog;
import dev.toile.catalog.text.BadInput;
import dev.toile.evidence.calibration.BandSamples.Measured;
import dev.toile.evidence.calibration.BandSamples.Sample;
import dev.toile.stack.chip.Chip;
import dev.toile.stack.mapping.band.Band;
import dev.toile.stack.mapping.band.BandTable;
import dev.toile.stack.mapping.band.Bands;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How often measurements are inside bands to which they added nothing.
 *
 * <p>For chips that were measured: bands from one half of the kept-out configurations, rows of the other half, both ways
 * round. For chips that were not: each chip in turn is taken for one of another generation, and no row of it says what a
 * transfer costs.
 *
 * @param halves the first check
 * @param transfers the second
 */
public record BandCoverage(List<Row> halves, List<Row> transfers) {

    /** Copies the lists. */
    public BandCoverage {
        halves = List.copyOf(halves);
        transfers = List.copyOf(transfers);
    }

    /**
     * A row that was checked.
     *
     * @param chip that ran it
     * @param constants generation whose constants predicted it
     * @param law that did
     * @param regime of the call
     * @param formats of the call
     * @param inside whether the measurement is in the band
     * @param width of the band, log of high over low
     */
    public record Row(
            String chip, String constants, String law, String regime, String formats, boolean inside, double width) {}

    /**
     * Checks the laws of a catalog against the tables of a folder.
     *
     * @return empty when a table is missing
     */
    public static Optional<BandCoverage> of(Path folder, Catalog catalog) throws BadInput {
        return BandSamples.areIn(folder)
                ? Optional.of(of(BandSamples.read(folder, catalog), catalog))
                : Optional.empty();
    }

    static BandCoverage of(BandSamples samples, Catalog catalog) {
        Map<Measured, Chip> chips = new EnumMap<>(Measured.class);
        for (Measured each : Measured.values()) {
            chips.put(each, catalog.chip(each.chip()));
        }
        List<Row> halves = new ArrayList<>();
        for (int which = 0; which < 2; which++) {
            Predicate<Sample> tested = BandFit.half(samples, which);
            BandTable table = new BandFit(samples, sample -> !tested.test(sample), _ -> true).table();
            for (Sample each : samples.where(sample -> sample.own() && sample.keptOut() && tested.test(sample))) {
                halves.add(row(each, table, chips));
            }
        }
        List<Row> transfers = new ArrayList<>();
        for (Measured on : Measured.values()) {
            BandTable table = new BandFit(samples, _ -> true, sample -> sample.on() != on).table();
            for (Sample each : samples.where(sample -> !sample.own() && sample.on() == on)) {
                transfers.add(row(each, table, chips));
            }
        }
        return new BandCoverage(halves, transfers);
    }

    private static Row row(Sample sample, BandTable table, Map<Measured, Chip> chips) {
        Chip reference = Objects.requireNonNull(chips.get(sample.constants()));
        Bands bands = new Bands(table, sample.constants().generation(), () -> reference, !sample.own());
        Band band = bands.of(sample.of(), Objects.requireNonNull(chips.get(sample.on())));
        return new Row(
                sample.on().chip(),
                sample.constants().generation(),
                sample.of().law(),
                sample.of().regime().label(),
                sample.of().formats(),
                band.holds(1, Math.exp(sample.log())),
                band.logHigh() + band.logLow());
    }
}
