package dev.toile.report;

import dev.toile.stack.evaluation.Composition;
import dev.toile.stack.evaluation.Compositions;
import dev.toile.stack.evaluation.Evaluation;
import dev.toile.stack.evaluation.LoadCurve;
import dev.toile.stack.evaluation.OperatingCurve;
import dev.toile.stack.evaluation.Rooflines;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the plots of a candidate draw, as {@code results.json} holds it: written and read with these records.
 *
 * @param operating speed of a user against throughput of a chip; null where there are no users or no modelled steps
 * @param rooflines of each pass
 * @param load cost against load; null where there is no fleet
 * @param compositions money and energy of a token
 */
record Plots(
        @Nullable Operating operating,
        List<Roofline> rooflines,
        @Nullable Load load,
        List<Composed> compositions) {

    Plots {
        rooflines = orEmpty(rooflines);
        compositions = orEmpty(compositions);
    }

    static final Plots NONE = new Plots(null, List.of(), null, List.of());

    /** Rates in token/s, latencies in s; a promise that is not made is null. */
    record Operating(
            String layout,
            String bound,
            @Nullable Double ttft,
            @Nullable Double tpot,
            int chosen,
            List<Speed> points) {
        Operating {
            points = orEmpty(points);
        }
    }

    /** One number of sequences; {@code missed} names the promise that it breaks. */
    record Speed(
            double batch,
            double user,
            double chip,
            @Nullable Double ttft,
            @Nullable Double tpot,
            @Nullable String missed) {}

    /** Peaks in flop/s, bandwidth in B/s; {@code bytes} and {@code network} are shares of the time. */
    record Roofline(
            String pass, double bandwidth, List<Roof> roofs, List<Operation> points, double bytes, double network) {
        Roofline {
            roofs = orEmpty(roofs);
            points = orEmpty(points);
        }
    }

    /** The most arithmetic in one format, flop/s. */
    record Roof(String math, double peak) {}

    /** Intensity in flop/B, rate in flop/s, share of the pass's time; {@code why} is the path of its figure. */
    record Operation(String name, String math, double intensity, double rate, double share, String bound, String why) {}

    /** Cost against load. */
    record Load(Loaded own, List<Loaded> points) {
        Load {
            points = orEmpty(points);
        }
    }

    /** Load as a share, cost in USD of a million output tokens. */
    record Loaded(double load, double cost) {}

    /** A total with the parts of its parts. */
    record Composed(String id, String title, String unit, Node whole) {}

    /** A part; {@code why} is the path of its figure, empty when there is none. */
    record Node(String name, double value, String why, List<Node> parts) {
        Node {
            parts = orEmpty(parts);
        }
    }

    static Plots of(Evaluation evaluation) {
        Operating operating = null;
        Load load = null;
        if (evaluation instanceof Evaluation.Serves(var fleet)) {
            operating = OperatingCurve.of(fleet).map(Plots::operating).orElse(null);
            load = load(LoadCurve.of(fleet));
        }
        return new Plots(
                operating,
                Rooflines.of(evaluation).stream().map(Plots::roofline).toList(),
                load,
                Compositions.of(evaluation).stream().map(Plots::composed).toList());
    }

    private static Operating operating(OperatingCurve curve) {
        return new Operating(
                curve.layout(),
                curve.boundBy(),
                known(curve.promised().ttftP99()),
                known(curve.promised().tpotP99()),
                curve.chosen(),
                curve.points().stream()
                        .map(point -> new Speed(
                                point.batch(),
                                point.userRate(),
                                point.chipRate(),
                                known(point.latency().ttftP99()),
                                known(point.latency().tpotP99()),
                                point.missed().isEmpty() ? null : point.missed()))
                        .toList());
    }

    /** JSON has no infinities. */
    private static @Nullable Double known(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private static Roofline roofline(Rooflines.Explained explained) {
        var roofline = explained.roofline();
        return new Roofline(
                roofline.pass(),
                roofline.bandwidth(),
                roofline.roofs().stream()
                        .map(roof -> new Roof(roof.math().name(), roof.peak()))
                        .toList(),
                roofline.points().stream()
                        .map(point -> new Operation(
                                point.name().replace('-', ' '),
                                point.math().name(),
                                point.intensity(),
                                point.rate(),
                                point.share(),
                                point.bound(),
                                explained.why() + "/" + point.name() + "-all"))
                        .toList(),
                roofline.bytesOnly(),
                roofline.network());
    }

    private static Load load(LoadCurve curve) {
        return new Load(
                loaded(curve.own()), curve.points().stream().map(Plots::loaded).toList());
    }

    private static Loaded loaded(LoadCurve.Point point) {
        return new Loaded(point.load(), point.usdPerMillionTokens());
    }

    private static Composed composed(Composition composition) {
        return new Composed(composition.id(), composition.title(), composition.unit(), node(composition.whole()));
    }

    private static Node node(Composition.Node node) {
        return new Node(
                node.name(),
                node.value(),
                node.why(),
                node.parts().stream().map(Plots::node).toList());
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list.stream().filter(Objects::nonNull).toList();
    }
}
