package dev.toile.catalog.entry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toile.catalog.Catalog;
import dev.toile.stack.chip.Chip;
import dev.toile.stack.chip.Engines;
import dev.toile.stack.figure.Provenance;
import dev.toile.stack.figure.Source;
import dev.toile.stack.mapping.ChipMapper;
import dev.toile.stack.mapping.Conditions;
import dev.toile.stack.mapping.SoftwareProfile;
import dev.toile.stack.mapping.Tile;
import dev.toile.stack.network.Collectives;
import dev.toile.stack.network.Fabric;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.operation.Operation;
import dev.toile.stack.operation.Operation.Attention;
import dev.toile.stack.operation.Operation.BatchedMatmul;
import dev.toile.stack.operation.Operation.Collective;
import dev.toile.stack.operation.Operation.Elementwise;
import dev.toile.stack.operation.Operation.Experts;
import dev.toile.stack.operation.Operation.Matmul;
import dev.toile.stack.operation.Routing;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** No software is faster than the ideal one: every operation, chip, profile and condition. */
class IdealIsALowerBoundTest {

    private static final Catalog CATALOG = Catalog.bundled();
    private static final double ROUNDING = 1 + 1e-9;
    private static final List<Tile> ARRAY_TILES =
            List.of(new Tile(16, 128), new Tile(64, 128), new Tile(128, 256), new Tile(256, 512));

    @Provide
    Arbitrary<Chip> chips() {
        return Arbitraries.of(CATALOG.chips().keySet()).map(CATALOG::chip);
    }

    @Provide
    Arbitrary<String> profiles() {
        return Arbitraries.of(CATALOG.profiles().keySet());
    }

    @Provide
    Arbitrary<Conditions> conditions() {
        return Arbitraries.of(Conditions.BENCHMARK, Conditions.DEPLOYED, new Conditions(true, true, true));
    }

    private static Arbitrary<Integer> size(int least, int most) {
        return Arbitraries.oneOf(
                Arbitraries.integers().between(least, most),
                Arbitraries.integers().between(least, Math.min(most, least + 64)),
                Arbitraries.integers().between(0, 15).map(power -> Math.clamp(1L << power, least, most)));
    }

    private static Arbitrary<DataType> formats() {
        return Arbitraries.of(DataType.BF16, DataType.FP8, DataType.FP8_BLOCK, DataType.INT8, DataType.FP4);
    }

    private static Arbitrary<Operation> products() {
        Arbitrary<Integer> rows =
                Arbitraries.oneOf(size(1, 20_000), Arbitraries.integers().between(1, 8));
        return Combinators.combine(rows, size(1, 40_000), size(1, 40_000), formats(), Arbitraries.of(true, false))
                .as((m, n, k, format, widened) ->
                        new Matmul("product", m, n, k, format, widened ? DataType.BF16 : format, DataType.BF16));
    }

    private static Arbitrary<Operation> batched() {
        return Combinators.combine(size(1, 512), size(1, 4096), size(1, 4096), size(1, 4096), formats())
                .as((batch, m, n, k, format) ->
                        new BatchedMatmul("batched", batch, m, n, k, format, format, DataType.BF16));
    }

    private static Arbitrary<Operation> attentions() {
        Arbitrary<Double> sequences = Arbitraries.oneOf(
                Arbitraries.doubles().between(0.05, 1),
                Arbitraries.integers().between(1, 512).map(Integer::doubleValue));
        Arbitrary<Integer> windows = Arbitraries.of(0, 0, 128, 1024, 8192);
        return Combinators.combine(
                        sequences,
                        Arbitraries.of(1, 1, 17, 512, 4096),
                        size(1, 60_000),
                        windows,
                        Arbitraries.of(1, 2, 8, 16),
                        Arbitraries.of(1, 4, 8, 64),
                        Arbitraries.of(64, 128, 192, 256, 512),
                        Arbitraries.of(DataType.BF16, DataType.FP8, DataType.FP4))
                .as((b, queries, before, window, kv, group, dim, cache) -> new Attention(
                        "attention",
                        b,
                        queries,
                        (double) queries + before - 1,
                        window,
                        (double) kv * group,
                        kv,
                        dim,
                        dim,
                        2.0 * dim,
                        cache,
                        cache == DataType.FP4 ? DataType.FP8 : cache));
    }

    private static Arbitrary<Operation> latents() {
        return Combinators.combine(size(1, 256), Arbitraries.of(1, 128, 2048), size(1, 30_000), size(1, 128), formats())
                .as((b, queries, before, heads, cache) -> {
                    boolean decode = queries == 1;
                    return new Attention(
                            "latent",
                            b,
                            queries,
                            (double) queries + before - 1,
                            heads,
                            decode ? 1 : heads,
                            decode ? 576 : 192,
                            decode ? 512 : 128,
                            decode ? 576 : 320,
                            cache,
                            cache);
                });
    }

    private static Arbitrary<Operation> experts() {
        return Combinators.combine(
                        size(1, 16_384),
                        Arbitraries.of(512, 4096, 7168),
                        Arbitraries.of(256, 768, 2048),
                        Arbitraries.of(1, 2, 8),
                        Arbitraries.of(8, 64, 256),
                        Arbitraries.of(1, 2, 8),
                        formats(),
                        Arbitraries.of(Routing.RANDOM, Routing.ROUND_ROBIN, Routing.powerLaw(1.2)))
                .as((tokens, hidden, inner, topK, all, ranks, format, routing) -> new Experts(
                        "experts", tokens, hidden, inner, topK, all, ranks, inner != 768, format, format, routing));
    }

    private static Arbitrary<Operation> elementwise() {
        return Combinators.combine(
                        Arbitraries.of(Elementwise.Kind.class),
                        size(1, 40_000),
                        size(1, 40_000),
                        Arbitraries.of(1, 2, 4))
                .as((kind, rows, columns, width) -> {
                    double bytes = (double) rows * columns * width;
                    return new Elementwise("elementwise", kind, rows, columns, bytes, bytes, 0);
                });
    }

    @Provide
    Arbitrary<Operation> operations() {
        return Arbitraries.oneOf(products(), batched(), attentions(), latents(), experts(), elementwise());
    }

    @Property(tries = 6000)
    void onBoughtChips(
            @ForAll("operations") Operation operation,
            @ForAll("chips") Chip chip,
            @ForAll("profiles") String profile,
            @ForAll("conditions") Conditions conditions) {
        check(operation, chip, CATALOG.profile("ideal"), CATALOG.profile(profile), profile, conditions);
    }

    @Property(tries = 3000)
    void onArrays(
            @ForAll("operations") Operation operation,
            @ForAll("chips") Chip chip,
            @ForAll("profiles") String profile,
            @ForAll("conditions") Conditions conditions,
            @ForAll @IntRange(min = 4, max = 256) int side) {
        check(
                operation,
                arrays(chip, side),
                CATALOG.profile("ideal").withTiles(ARRAY_TILES),
                CATALOG.profile(profile).withTiles(ARRAY_TILES),
                profile,
                conditions);
    }

    /** Padding is all that is lost, so a menu that lacked a tile of another could lose to it. */
    @Test
    void itsMenuHoldsAllOthers() {
        Set<Tile> ideal = tiles("ideal");
        assertThat(CATALOG.profiles().keySet())
                .allSatisfy(id -> assertThat(ideal).as(id).containsAll(tiles(id)));
    }

    private static Set<Tile> tiles(String profile) {
        Set<Tile> tiles = new HashSet<>();
        CATALOG.profile(profile).matmul().kernels().paths().values().forEach(path -> tiles.addAll(path.tiles()));
        return tiles;
    }

    private static void check(
            Operation operation,
            Chip chip,
            SoftwareProfile ideal,
            SoftwareProfile other,
            String name,
            Conditions conditions) {
        double least = new ChipMapper(chip, ideal, conditions).map(operation).seconds();
        double seconds = new ChipMapper(chip, other, conditions).map(operation).seconds();
        assertThat(least)
                .as("%s on %s under %s, %s", operation, chip.name(), name, conditions)
                .isLessThanOrEqualTo(seconds * ROUNDING);
    }

    /** The same chip with a systolic array in each engine. */
    private static Chip arrays(Chip c, int side) {
        Engines e = c.engines();
        return new Chip(
                c.name() + " with arrays of " + side,
                new Engines(e.count(), side, side, e.memory(), e.exponentials()),
                c.clock(),
                c.peak(),
                c.cache(),
                c.memoryCapacity(),
                c.memoryBandwidth(),
                c.scaleUp(),
                c.power(),
                c.idlePower(),
                c.flopEnergy(),
                c.memoryEnergy(),
                c.linkEnergy(),
                c.area(),
                c.price(),
                c.cost(),
                Provenance.all(Source.definition("example")));
    }

    @Property(tries = 2000)
    void onEveryNetwork(
            @ForAll("profiles") String profile,
            @ForAll("systems") String system,
            @ForAll Collective.Kind kind,
            @ForAll @IntRange(min = 1, max = 300) int ranks,
            @ForAll @IntRange(min = 3, max = 34) int power) {
        Collective collective = new Collective("collective", kind, Math.pow(2, power), ranks, 1);
        assertThat(seconds(system, "ideal", collective))
                .as("%s on %s under %s", collective, system, profile)
                .isLessThanOrEqualTo(seconds(system, profile, collective) * ROUNDING);
    }

    @Provide
    Arbitrary<String> systems() {
        return Arbitraries.of(CATALOG.systems().keySet())
                .filter(id -> CATALOG.systems().get(id).chip() != null);
    }

    private static double seconds(String system, String profile, Collective collective) {
        SystemEntry entry = Objects.requireNonNull(CATALOG.systems().get(system));
        Chip chip = CATALOG.chip(Objects.requireNonNull(entry.chip()));
        Fabric fabric = entry.fabric(
                chip,
                CATALOG.profile(profile),
                CATALOG.collectivesOf(profile),
                entry.accelerators().mid(),
                null);
        return new Collectives(fabric).time(collective).seconds();
    }
}
