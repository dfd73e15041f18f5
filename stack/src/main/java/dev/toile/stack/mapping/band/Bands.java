package dev.toile.stack.mapping.band;

import dev.toile.stack.chip.Chip;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.operation.Operation;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The bands of one software profile. The table's residuals hold for the chip that was measured. Another chip errs more:
 * {@code half^2 = own^2 + (transfer growth(distance))^2} with {@code growth(d) = d} up to one generation and {@code
 * sqrt(d)} beyond, as steps that err independently add up.
 *
 * <p>Distance is the length of the vector of ln(ratio) of two figures of chips: 16-bit peak and memory bandwidth, each per
 * tensor engine. Between A100, H100 and B200 it is 1.00 and 1.01. A chip of the measured generation runs the same software,
 * so only the roof that a call waits for counts; a borrowed profile counts as one generation at least.
 *
 * @param table of residuals
 * @param generation whose constants the profile has
 * @param reference the chip of that generation that was measured; asked for when a band is, not before
 * @param borrowed whether the profile is for chips of another generation
 */
public record Bands(BandTable table, String generation, Supplier<Chip> reference, boolean borrowed) {

    /** Checks that the generation was measured. */
    public Bands {
        if (!table.generations().containsKey(generation)) {
            throw new IllegalArgumentException("no residuals of generation " + generation + "; expected one of "
                    + table.generations().sequencedKeySet());
        }
    }

    /**
     * The band of one call.
     *
     * @param operation that is called
     * @param chip that runs it, or takes part in it
     * @param seconds predicted
     */
    public Band of(Operation operation, Chip chip, double seconds) {
        return of(OperationClass.of(operation, chip, seconds), chip);
    }

    /** The band of a call of a class. */
    public Band of(OperationClass of, Chip chip) {
        BandTable.Generation measured = measured();
        if (!measured.formats().containsKey(of.law())) {
            return unmeasured("nothing like " + of.law() + " was measured");
        }
        if (!measured.measured(of)) {
            double half = table.otherFormatsOf(of);
            String why = of.law() + " was not measured in " + of.formats() + " on " + capital(generation);
            return widened(around(half, why), of, chip);
        }
        return widened(own(measured, of), of, chip);
    }

    /**
     * The band of what nobody measured, such as collectives over several domains.
     *
     * @param why in words
     */
    public Band unmeasured(String why) {
        return around(table.unmeasured(), why + "; taken as wide as laws in formats they were not fitted to");
    }

    private BandTable.Generation measured() {
        return Objects.requireNonNull(table.generations().get(generation));
    }

    /** The narrowest class that was measured often enough. */
    private Band own(BandTable.Generation measured, OperationClass of) {
        for (String name : of.names().reversed()) {
            BandTable.@Nullable Residual residual = measured.classes().get(name);
            if (residual != null) {
                String why = String.format(
                        Locale.ROOT,
                        "%,d rows of %s on %s that fitted nothing",
                        residual.rows(),
                        name,
                        reference.get().name());
                return new Band(residual.low(), residual.high(), why);
            }
        }
        return unmeasured("too few measurements of " + of.law() + " on " + capital(generation));
    }

    private static Band around(double half, String why) {
        return new Band(Math.exp(-half), Math.exp(half), why);
    }

    private Band widened(Band band, OperationClass of, Chip chip) {
        double distance = distance(of, chip);
        if (distance == 0) {
            return band;
        }
        double growth = distance <= 1 ? distance : Math.sqrt(distance);
        String why = String.format(
                Locale.ROOT,
                "%s, %.1f generations away%s",
                chip.name(),
                distance,
                borrowed ? ", borrows the constants of " + capital(generation) : "");
        return band.widened(table.transferOf(of) * growth, why);
    }

    /** Generations between a chip and the one that was measured, as far as a class of calls feels them. */
    double distance(OperationClass of, Chip chip) {
        Chip measured = reference.get();
        double peak = ratio(peakPerUnit(chip), peakPerUnit(measured));
        double memory = ratio(chip.memoryBandwidth() / chip.units(), measured.memoryBandwidth() / measured.units());
        if (borrowed) {
            return Math.max(1, Math.hypot(peak, memory));
        }
        return switch (of.regime()) {
            case LAUNCH -> 0;
            case COMPUTE -> peak;
            case MEMORY -> of.law().equals("collective") ? ratio(chip.scaleUp(), measured.scaleUp()) : memory;
        };
    }

    private static double peakPerUnit(Chip chip) {
        return chip.peakFor(DataType.BF16) / chip.units();
    }

    private static double ratio(double a, double b) {
        return Math.abs(Math.log(a / b));
    }

    private static String capital(String name) {
        return name.isEmpty() ? name : Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
