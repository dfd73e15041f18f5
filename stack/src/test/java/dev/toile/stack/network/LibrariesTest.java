package dev.toile.stack.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toile.stack.Examples;
import dev.toile.stack.Trees;
import dev.toile.stack.Worlds;
import dev.toile.stack.network.CollectiveConstants.Library;
import dev.toile.stack.network.CollectiveConstants.Profile;
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

/** Versions of a library that a host launches, and software that loses nothing. */
class LibrariesTest {
    private static final double ROUNDING = 1 + 1e-9;
    private static final Profile GRAPHS = CollectivesTest.software(0, false);

    @Provide
    Arbitrary<Fabric> fabrics() {
        return Worlds.fabrics();
    }

    @Provide
    Arbitrary<Library> libraries() {
        return Combinators.combine(
                        Arbitraries.of(0.0, 30e-6),
                        Arbitraries.of(0.0, 65536.0),
                        Arbitraries.of(0.0, 40e-6),
                        Arbitraries.of(0.0, 10e-6))
                .as(Library::new);
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

    private static double seconds(Fabric fabric, Profile software, Collective c) {
        return new Collectives(fabric.with(software, fabric.inNetworkReduction()))
                .time(c)
                .seconds();
    }

    @Property
    void noSoftwareIsFasterThanOneThatLosesNothing(
            @ForAll("fabrics") Fabric fabric,
            @ForAll("libraries") Library library,
            @ForAll("collectives") Collective c) {
        double ideal = seconds(fabric, Profile.ideal(), c);
        assertThat(seconds(fabric, GRAPHS, c) * ROUNDING).isGreaterThanOrEqualTo(ideal);
        assertThat(seconds(fabric, GRAPHS.under(library), c) * ROUNDING).isGreaterThanOrEqualTo(ideal);
    }

    @Property
    void aHostNeverShortensACall(
            @ForAll("fabrics") Fabric fabric,
            @ForAll("libraries") Library library,
            @ForAll("collectives") Collective c) {
        double exposed = library.exposed();
        double launched = seconds(fabric, GRAPHS.under(library), c);
        assertThat(launched * ROUNDING).isGreaterThanOrEqualTo(seconds(fabric, GRAPHS, c) + exposed);
        assertThat(launched * ROUNDING).isGreaterThanOrEqualTo(library.hostLaunch() + exposed);
    }

    @Property
    void moreBytesAreNeverFasterUnderAnyVersion(
            @ForAll("fabrics") Fabric fabric,
            @ForAll("libraries") Library library,
            @ForAll("collectives") Collective c,
            @ForAll @DoubleRange(min = 1, max = 8) double more) {
        Profile software = GRAPHS.under(library);
        Collective larger = new Collective(c.name(), c.kind(), c.bytes() * more, c.ranks(), c.stride());
        // A version that insists on its switches may leave them for nothing.
        boolean insists = library.switchesFrom() > 0;
        if (!insists) {
            assertThat(seconds(fabric, software, larger) * ROUNDING)
                    .isGreaterThanOrEqualTo(seconds(fabric, software, c));
        }
    }

    @Property(tries = 200)
    void everyVersionExplainsItself(
            @ForAll("fabrics") Fabric fabric,
            @ForAll("libraries") Library library,
            @ForAll("collectives") Collective c) {
        Fabric under = fabric.with(GRAPHS.under(library), fabric.inNetworkReduction());
        CollectiveTime time = new Collectives(under).time(c);
        Trees.explains(time.explain(), time.seconds());
    }

    @Test
    void callsOneByOneWaitForTheHostWhateverTheirSize() {
        Fabric fabric = Examples.fabric(Examples.h100());
        Profile together = GRAPHS.under(new Library(30e-6, 0, 0, 0));
        Profile oneByOne = GRAPHS.under(new Library(30e-6, 0, 0, 10e-6));
        for (double bytes : new double[] {1 << 10, 1 << 20, 1 << 30}) {
            Collective c = new Collective("reduce", Kind.ALL_REDUCE, bytes, 8, 1);
            assertThat(seconds(fabric, oneByOne, c))
                    .isCloseTo(seconds(fabric, together, c) + 10e-6, Percentage.withPercentage(1e-9));
        }
    }

    @Test
    void anOlderVersionsSwitchesHaveAShortestCallOfTheirOwn() {
        Fabric fabric = Examples.fabric(Examples.h100());
        Profile old = GRAPHS.under(new Library(26e-6, 65536, 38e-6, 0));
        Collective below = new Collective("reduce", Kind.ALL_REDUCE, 32768, 8, 1);
        Collective above = new Collective("reduce", Kind.ALL_REDUCE, 65536, 8, 1);
        assertThat(seconds(fabric, old, below)).isLessThan(30e-6);
        assertThat(seconds(fabric, old, above)).isGreaterThan(38e-6);
    }
}
