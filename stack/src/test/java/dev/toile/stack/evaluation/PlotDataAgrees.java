package dev.toile.stack.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toile.stack.evaluation.Composition.Node;
import dev.toile.stack.figure.Figure;
import dev.toile.stack.parallel.Roofline;
import java.util.List;
import org.assertj.core.data.Percentage;

/** What plots draw is what the figures say: checked of every evaluation that other tests come by. */
final class PlotDataAgrees {

    private static final Percentage ROUNDING = Percentage.withPercentage(1e-7);

    private PlotDataAgrees() {}

    static void with(Evaluation evaluation) {
        compositions(evaluation);
        rooflines(evaluation);
        if (evaluation instanceof Evaluation.Serves(Fleet fleet)) {
            OperatingCurve.of(fleet).ifPresent(curve -> curve(evaluation, curve));
            load(evaluation, LoadCurve.of(fleet));
        }
    }

    private static double value(Evaluation evaluation, String figure) {
        return Figures.value(evaluation, figure);
    }

    private static void curve(Evaluation evaluation, OperatingCurve curve) {
        List<OperatingCurve.Point> points = curve.points();
        OperatingCurve.Point own = points.get(curve.chosen());
        assertThat(own.missed()).isEmpty();
        assertThat(own.batch()).isCloseTo(value(evaluation, "batch"), ROUNDING);
        assertThat(own.userRate()).isCloseTo(1 / value(evaluation, "tpot-p50"), ROUNDING);
        assertThat(own.chipRate()).isCloseTo(value(evaluation, "tokens-per-second-per-chip"), ROUNDING);
        assertThat(own.latency().tpotP99()).isCloseTo(value(evaluation, "tpot-p99"), ROUNDING);
        assertThat(own.latency().ttftP99()).isCloseTo(value(evaluation, "ttft-p99"), ROUNDING);
        for (int i = 1; i < points.size(); i++) {
            assertThat(points.get(i).batch()).isGreaterThan(points.get(i - 1).batch());
            assertThat(points.get(i).userRate())
                    .as("a larger batch serves nobody faster")
                    .isLessThanOrEqualTo(points.get(i - 1).userRate() * (1 + 1e-9));
        }
    }

    private static void load(Evaluation evaluation, LoadCurve curve) {
        assertThat(curve.own().load()).isBetween(0.0, 1 + 1e-9);
        assertThat(curve.own().usdPerMillionTokens()).isCloseTo(value(evaluation, "usd-per-million-tokens"), ROUNDING);
        for (int i = 1; i < curve.points().size(); i++) {
            assertThat(curve.points().get(i).usdPerMillionTokens())
                    .as("more to do makes no token dearer")
                    .isLessThanOrEqualTo(curve.points().get(i - 1).usdPerMillionTokens() * (1 + 1e-9));
        }
    }

    private static void rooflines(Evaluation evaluation) {
        for (Rooflines.Explained explained : Rooflines.of(evaluation)) {
            Roofline roofline = explained.roofline();
            double shares = roofline.bytesOnly() + roofline.network();
            for (Roofline.Point point : roofline.points()) {
                double peak = roofline.roofs().stream()
                        .filter(roof -> roof.math() == point.math())
                        .findFirst()
                        .orElseThrow()
                        .peak();
                assertThat(point.rate())
                        .as("%s stays under its roof", point.name())
                        .isLessThanOrEqualTo(Math.min(peak, point.intensity() * roofline.bandwidth()) * (1 + 1e-9));
                shares += point.share();
                assertThat(at(evaluation, explained.why() + "/" + point.name() + "-all"))
                        .isNotNull();
            }
            assertThat(shares).isCloseTo(1, ROUNDING);
        }
    }

    private static void compositions(Evaluation evaluation) {
        for (Composition composition : Compositions.of(evaluation)) {
            addsUp(evaluation, composition.whole());
            Node whole = composition.whole();
            if (composition.id().equals("money")) {
                assertThat(whole.value()).isCloseTo(value(evaluation, "usd-per-million-tokens"), ROUNDING);
            } else {
                Node it = whole.parts().getFirst();
                assertThat(it.name()).isEqualTo("IT");
                assertThat(it.value()).isCloseTo(value(evaluation, "joules-per-token"), ROUNDING);
            }
        }
    }

    private static void addsUp(Evaluation evaluation, Node node) {
        assertThat(node.value()).as(node.name()).isNotNegative();
        if (!node.why().isEmpty()) {
            assertThat(at(evaluation, node.why())).as(node.why()).isNotNull();
        }
        if (!node.parts().isEmpty()) {
            double sum = node.parts().stream().mapToDouble(Node::value).sum();
            assertThat(sum).as(node.name()).isCloseTo(node.value(), ROUNDING);
            node.parts().forEach(part -> addsUp(evaluation, part));
        }
    }

    /** The figure at a path; fails where there is none. */
    private static Figure at(Evaluation evaluation, String path) {
        String[] names = path.split("/", -1);
        Figure figure = Figures.explain(evaluation, names[0]).orElseThrow();
        for (int i = 1; i < names.length; i++) {
            String name = names[i];
            figure = figure.inputs().stream()
                    .filter(input -> input.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + name + " of " + path));
        }
        return figure;
    }
}
