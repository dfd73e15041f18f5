package dev.toile.stack.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.toile.stack.Examples;
import dev.toile.stack.Trees;
import dev.toile.stack.Worlds;
import dev.toile.stack.operation.Operation.Collective;
import dev.toile.stack.operation.Operation.Collective.Kind;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CollectivesTest {
    private static final double ROUNDING = 1 + 1e-9;

    static CollectiveConstants.Profile software(double hostLaunch, boolean own) {
        return new CollectiveConstants.Profile(
                new CollectiveConstants.Shared(16384, 0.5, 20e-6, 6e9, 30e-6, 15e-6, 0.8),
                new CollectiveConstants.Choice(
                        new CollectiveConstants.Estimate(6.6e-6, 0.6e-6, 1e-6, 2.7e-6, 0.38, 0.5, 0.1),
                        new CollectiveConstants.Estimate(14e-6, 1.9e-6, 2.5e-6, 4e-6, 0.92, 0.92, 0.92),
                        new CollectiveConstants.Estimate(8.4e-6, 3.4e-6, 5.7e-6, 14e-6, 1, 1, 1)),
                new CollectiveConstants.Generation(
                        4.4e-6,
                        1e-6,
                        0.8e-6,
                        2e-6,
                        14e-6,
                        3e-6,
                        700e9,
                        0.92,
                        0.8,
                        5,
                        2.7e-6,
                        0.3e-6,
                        8 << 20,
                        new CollectiveConstants.Exchange(1e-6, 4e-6, 5e-6, 1e12)),
                new CollectiveConstants.Library(hostLaunch, 0, 0, 0),
                own,
                "",
                Examples.EXAMPLE);
    }

    /** Networks with and without constants of their software. */
    @Provide
    Arbitrary<Fabric> fabrics() {
        return Combinators.combine(Worlds.fabrics(), Arbitraries.of(0, 1, 2, 3)).as((fabric, kind) -> switch (kind) {
            case 0 -> fabric;
            case 1 -> fabric.with(software(0, true), fabric.inNetworkReduction());
            case 2 -> fabric.with(software(0, false), fabric.inNetworkReduction());
            default -> fabric.with(software(30e-6, false), fabric.inNetworkReduction());
        });
    }

    @Provide
    Arbitrary<Collective> collectives() {
        return Combinators.combine(
                        Arbitraries.of(Kind.class),
                        Arbitraries.doubles().between(3, 10).map(x -> Math.pow(10, x)),
                        Arbitraries.integers().between(2, 600),
                        Arbitraries.of(1, 1, 2, 8, 64))
                .as((kind, bytes, ranks, stride) ->
                        new Collective("exchange", kind, bytes, kind == Kind.SEND ? 2 : ranks, stride));
    }

    private static double seconds(Fabric fabric, Collective collective) {
        return new Collectives(fabric).time(collective).seconds();
    }

    private static Collective as(Collective c, Kind kind) {
        return new Collective(c.name(), kind, c.bytes(), c.ranks(), c.stride());
    }

    private static Fabric with(Fabric f, double scaleUp, double scaleOut, boolean adds) {
        return new Fabric(
                f.domain(),
                f.scaleUp() * scaleUp,
                f.scaleUpShare(),
                f.scaleUpLatency(),
                f.call(),
                adds,
                f.scaleOut() * scaleOut,
                f.scaleOutShare(),
                f.scaleOutLatency(),
                f.links(),
                f.mesh(),
                f.provenance(),
                f.collectives());
    }

    @Property
    void noCollectiveBeatsItsBytes(@ForAll("fabrics") Fabric fabric, @ForAll("collectives") Collective c) {
        // Whatever the algorithm, a rank sends what the others have to learn from it; the sum of all ranks' values
        // takes two such passes unless the switches add.
        double p = c.ranks();
        double least = switch (c.kind()) {
            case SEND -> c.bytes();
            case ALL_REDUCE -> (fabric.inNetworkReduction() ? 1 : 2) * (p - 1) / p * c.bytes();
            case ALL_GATHER, REDUCE_SCATTER, ALL_TO_ALL -> (p - 1) / p * c.bytes();
        };
        CollectiveTime time = new Collectives(fabric).time(c);
        // Both levels are busy at once.
        double fastest = fabric.collectives() != null && time.outsideBytes() > 0
                ? fabric.inside() + fabric.outside()
                : Math.max(fabric.inside(), fabric.outside());
        assertThat(time.sentBytes() * ROUNDING).isGreaterThanOrEqualTo(least);
        assertThat(time.seconds() * ROUNDING).isGreaterThanOrEqualTo(fabric.call() + least / fastest);
    }

    @Property
    void moreBandwidthIsNeverSlower(
            @ForAll("fabrics") Fabric fabric,
            @ForAll("collectives") Collective c,
            @ForAll @DoubleRange(min = 1, max = 8) double up,
            @ForAll @DoubleRange(min = 1, max = 8) double out) {
        assertThat(seconds(with(fabric, up, out, fabric.inNetworkReduction()), c))
                .isLessThanOrEqualTo(seconds(fabric, c) * ROUNDING);
    }

    @Property
    void moreBytesAreNeverFaster(
            @ForAll("fabrics") Fabric fabric,
            @ForAll("collectives") Collective c,
            @ForAll @DoubleRange(min = 1, max = 8) double more) {
        Collective larger = new Collective(c.name(), c.kind(), c.bytes() * more, c.ranks(), c.stride());
        assertThat(seconds(fabric, larger) * ROUNDING).isGreaterThanOrEqualTo(seconds(fabric, c));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aSingleRankHasNobodyToTalkTo(Kind kind) {
        Fabric fabric = Examples.fabric(Examples.h100());
        CollectiveTime alone = new Collectives(fabric).time(new Collective("alone", kind, 1e9, 1, 1));
        assertThat(alone.seconds()).isZero();
        assertThat(alone.sentBytes()).isZero();
        Trees.explains(alone.explain(), 0);
    }

    @Property
    void anAllReduceIsNoSlowerThanItsTwoHalves(@ForAll("fabrics") Fabric fabric, @ForAll("collectives") Collective c) {
        // A library that takes its protocol by its own reckoning may lose a little by it.
        Assume.that(fabric.collectives() == null);
        Collective some = new Collective(c.name(), Kind.ALL_REDUCE, c.bytes(), c.ranks(), c.stride());
        double halves = seconds(fabric, as(some, Kind.REDUCE_SCATTER)) + seconds(fabric, as(some, Kind.ALL_GATHER));
        assertThat(seconds(fabric, some)).isLessThanOrEqualTo((halves - fabric.call()) * ROUNDING);
    }

    @Property
    void switchesThatAddNeverSlowAnythingDown(
            @ForAll("fabrics") Fabric fabric, @ForAll("collectives") Collective collective) {
        assertThat(seconds(with(fabric, 1, 1, true), collective))
                .isLessThanOrEqualTo(seconds(with(fabric, 1, 1, false), collective));
    }

    @Test
    void aLargeRingAllReduceSendsTwiceItsBufferLessOnePart() {
        Fabric fabric = with(Examples.fabric(Examples.h100()), 1, 1, false);
        Collective large = new Collective("reduce", Kind.ALL_REDUCE, 8e9, 8, 1);
        // 2 (8 - 1) / 8 of 8 GB at 0.8 x 450 GB/s: 38.9 ms; 14 steps and a call add 19 us.
        double expected = 14e9 / 360e9 + 14 * 0.8e-6 + 8e-6;
        assertThat(seconds(fabric, large)).isCloseTo(expected, Percentage.withPercentage(1e-9));
    }

    @Test
    void tensorParallelRanksStayInTheDomain() {
        Fabric fabric = Examples.fabric(Examples.h100());
        CollectiveTime near = new Collectives(fabric).time(new Collective("near", Kind.ALL_GATHER, 1e9, 8, 1));
        assertThat(near.outsideBytes()).isZero();
    }

    @Test
    void dataParallelRanksOfWholeDomainsMeetOnlyAcrossDomains() {
        Fabric fabric = Examples.fabric(Examples.h100());
        CollectiveTime far = new Collectives(fabric).time(new Collective("far", Kind.ALL_GATHER, 1e9, 8, 8));
        assertThat(far.insideBytes()).isCloseTo(0, offset(1e-3));
        // Seven of eight parts come from other domains.
        assertThat(far.outsideBytes()).isCloseTo(7e9 / 8, Percentage.withPercentage(1e-9));
    }

    @Test
    void dataParallelRanksOfHalfDomainsMeetInPairs() {
        Fabric fabric = Examples.fabric(Examples.h100());
        CollectiveTime some = new Collectives(fabric).time(new Collective("some", Kind.ALL_GATHER, 1e9, 8, 4));
        // One ring of eight: of its seven steps to pass, three lead to another domain.
        assertThat(some.route().insideSteps()).isEqualTo(4);
        assertThat(some.route().outsideSteps()).isEqualTo(3);
    }

    @Property
    void aPipelineSendsFastInsideADomainAndSlowlyOut(@ForAll @DoubleRange(min = 1e6, max = 1e9) double bytes) {
        Fabric fabric = Examples.fabric(Examples.h100());
        assertThat(seconds(fabric, new Collective("near", Kind.SEND, bytes, 2, 4)))
                .isLessThan(seconds(fabric, new Collective("far", Kind.SEND, bytes, 2, 8)));
    }

    @Test
    void aPipelineTakesWhatThePencilSays() {
        // 8 ranks, 64 MiB at 0.8 x 450 = 360 GB/s under Simple: call max(8, 14) us, 14 hops of 3 us, x = 1.75 x
        // 67,108,864 B / 360 GB/s = 326.2236 us, own share 8,388,608 B / 700 GB/s = 11.98373 us.
        Fabric fabric = Examples.fabric(Examples.h100()).with(software(0, false), false);
        double expected = 14 + 14 * 3 + 326.2236 + 11.98373;
        assertThat(seconds(fabric, new Collective("reduce", Kind.ALL_REDUCE, 1 << 26, 8, 1)) * 1e6)
                .isCloseTo(expected, Percentage.withPercentage(1e-4));
    }

    @Test
    void ownKernelsBeatTheLibraryOnSmallBuffers() {
        Fabric fabric = Examples.fabric(Examples.h100());
        Collective small = new Collective("reduce", Kind.ALL_REDUCE, 16_384, 8, 1);
        assertThat(new Collectives(fabric.with(software(0, true), true))
                        .time(small)
                        .algorithm())
                .isEqualTo("one-shot");
        assertThat(new Collectives(fabric.with(software(0, false), true))
                        .time(small)
                        .algorithm())
                .isEqualTo("ring");
    }

    @Test
    void moreDomainsTakeLonger() {
        Fabric fabric = Examples.fabric(Examples.h100()).with(software(0, true), true);
        double before = 0;
        for (int ranks = 16; ranks <= 1024; ranks *= 2) {
            double now = seconds(fabric, new Collective("reduce", Kind.ALL_REDUCE, 1 << 20, ranks, 1));
            assertThat(now).isGreaterThan(before + fabric.scaleOutLatency());
            before = now;
        }
    }

    @Property(tries = 300)
    void everyCollectiveExplainsItself(@ForAll("fabrics") Fabric fabric, @ForAll("collectives") Collective c) {
        CollectiveTime time = new Collectives(fabric).time(c);
        Trees.explains(time.explain(), time.seconds());
    }
}
