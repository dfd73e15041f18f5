package dev.toile.stack.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toile.stack.Examples;
import dev.toile.stack.Trees;
import dev.toile.stack.Worlds;
import dev.toile.stack.operation.Operation.Collective;
import dev.toile.stack.operation.Operation.Collective.Kind;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
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

    private static final CollectiveConstants.Shared SHARED =
            new CollectiveConstants.Shared(15e-6, 18e-6, 3e-6, 30e-6, 0.81);

    private static CollectiveConstants.Profile software(double hostLaunch, boolean own) {
        return new CollectiveConstants.Profile(
                SHARED,
                new CollectiveConstants.Generation(4.4e-6, 0.8e-6, 10, 0.8, 5, 2.7e-6, 8 << 20),
                hostLaunch,
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
        // A pipeline keeps both levels busy at once.
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
        Collective some = new Collective(c.name(), Kind.ALL_REDUCE, c.bytes(), c.ranks(), c.stride());
        double halves = seconds(fabric, as(some, Kind.REDUCE_SCATTER)) + seconds(fabric, as(some, Kind.ALL_GATHER));
        // A host's launch is paid by each half.
        double saved = fabric.collectives() == null ? fabric.call() : 0;
        assertThat(seconds(fabric, some)).isLessThanOrEqualTo((halves - saved) * ROUNDING);
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
        assertThat(far.insideBytes()).isZero();
        // Seven of eight parts come from other domains.
        assertThat(far.outsideBytes()).isCloseTo(7e9 / 8, Percentage.withPercentage(1e-9));
    }

    @Test
    void dataParallelRanksOfHalfDomainsMeetInPairs() {
        Fabric fabric = Examples.fabric(Examples.h100());
        CollectiveTime some = new Collectives(fabric).time(new Collective("some", Kind.ALL_GATHER, 1e9, 8, 4));
        assertThat(some.insideSteps()).isEqualTo(1);
        assertThat(some.outsideSteps()).isEqualTo(3);
    }

    @Property
    void aPipelineSendsFastInsideADomainAndSlowlyOut(@ForAll @DoubleRange(min = 1e6, max = 1e9) double bytes) {
        Fabric fabric = Examples.fabric(Examples.h100());
        assertThat(seconds(fabric, new Collective("near", Kind.SEND, bytes, 2, 4)))
                .isLessThan(seconds(fabric, new Collective("far", Kind.SEND, bytes, 2, 8)));
    }

    @Test
    void aPipelineTakesWhatThePencilSays() {
        // 8 ranks, 16 MiB at 0.8 x 450 = 360 GB/s: 14 hops of 0.8 us, call max(8, 4.4) us, x = 1.75 x 16,777,216 B /
        // 360 GB/s
        // = 81.556 us, own share 2,097,152 B / (10 x 360 GB/s) = 0.58254 us, fill sqrt(15 x 81.556) = 34.976 us.
        Fabric fabric = Examples.fabric(Examples.h100()).with(software(0, false), false);
        double expected = 8 + 14 * 0.8 + 81.55591 + 0.582542 + Math.sqrt(15 * 81.55591);
        assertThat(seconds(fabric, new Collective("reduce", Kind.ALL_REDUCE, 1 << 24, 8, 1)) * 1e6)
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
