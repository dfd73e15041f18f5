package dev.toile.report;

import dev.toile.stack.serving.simulation.CapacitySearch.Probe;
import dev.toile.stack.serving.simulation.Distribution;
import dev.toile.stack.serving.simulation.Served;
import dev.toile.stack.serving.simulation.TimeSeries;
import dev.toile.stack.workload.ServiceLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The plots of a simulation: distributions, latency against rate, what happened over time, and the map of the service
 * level.
 *
 * @param results that are drawn
 */
record SimulationPlots(SimulationResults results) {

    private static final int STEPS = 60;

    /** A curve with its candidate's colour. */
    private record Curve(int rank, List<Double> x, List<Double> y) {
        static Curve of(int rank, DoubleStream x, DoubleStream y) {
            return new Curve(rank, x.boxed().toList(), y.boxed().toList());
        }

        DoubleStream xs() {
            return x.stream().mapToDouble(Double::doubleValue);
        }

        DoubleStream ys() {
            return y.stream().mapToDouble(Double::doubleValue);
        }
    }

    /** A limit that is drawn as a line. */
    private record Limit(double value, boolean upright) {}

    String distributions() {
        if (results.entries().isEmpty()) {
            return "";
        }
        ServiceLevel promise =
                results.entries().getFirst().service().fleet().workload().serviceLevel();
        return "<div class=\"trio\">\n"
                + distribution("TTFT", promise.ttftP99(), served -> served.distribution(served::ttft))
                + distribution("TPOT", promise.tpotP99(), served -> served.distribution(served::tpot))
                + distribution("end to end", Double.POSITIVE_INFINITY, served -> served.distribution(served::endToEnd))
                + "</div>\n" + legend();
    }

    private String distribution(String name, double limit, Function<Served, Distribution> of) {
        List<Curve> curves = new ArrayList<>();
        for (int i = 0; i < results.entries().size(); i++) {
            SimulationResults.Entry entry = results.entries().get(i);
            Distribution values = of.apply(entry.service().served());
            if (values.count() > 0) {
                double[] shares = IntStream.rangeClosed(0, STEPS)
                        .mapToDouble(step -> Math.min(0.999, (double) step / STEPS))
                        .toArray();
                double[] at = DoubleStream.of(shares).map(values::quantile).toArray();
                curves.add(Curve.of(i + 1, DoubleStream.of(at), DoubleStream.of(shares)));
            }
        }
        return curves.isEmpty()
                ? ""
                : PlotFigure.of(
                        name + ": share of the requests that take at most so long",
                        frame -> curves(
                                frame,
                                name + " distribution",
                                curves,
                                Axis.log(xs(curves), frame.left(), frame.innerRight()),
                                new Axis(0, 1, false, frame.innerBottom(), frame.top()),
                                name,
                                "share of requests",
                                PlotFigure::seconds,
                                share -> Math.round(share * 100) + " %",
                                new Limit(limit, true)));
    }

    String knee() {
        StringBuilder out = new StringBuilder("<div class=\"duo\">\n");
        if (results.entries().isEmpty()) {
            return "";
        }
        ServiceLevel promise =
                results.entries().getFirst().service().fleet().workload().serviceLevel();
        String ttft = knee("TTFT P99", promise.ttftP99(), Probe::ttftP99);
        String tpot = knee("TPOT P99", promise.tpotP99(), Probe::tpotP99);
        if (ttft.isEmpty() && tpot.isEmpty()) {
            return "";
        }
        out.append(ttft).append(tpot);
        return out.append("</div>\n").append(legend()).toString();
    }

    private String knee(String name, double limit, ToDoubleFunction<Probe> value) {
        List<Curve> curves = new ArrayList<>();
        for (int i = 0; i < results.entries().size(); i++) {
            SimulationResults.Entry entry = results.entries().get(i);
            List<Probe> probes = entry.capacity().probes().stream()
                    .filter(probe -> value.applyAsDouble(probe) > 0)
                    .toList();
            // Without a promise there is one run, at the rate at which a backlog is worked off: no curve.
            if (probes.stream().mapToDouble(Probe::rate).distinct().count() > 1) {
                curves.add(Curve.of(
                        i + 1,
                        probes.stream().mapToDouble(Probe::rate),
                        probes.stream().mapToDouble(value)));
            }
        }
        return curves.isEmpty()
                ? ""
                : PlotFigure.of(
                        name + " against the rate at the simulated replicas",
                        frame -> curves(
                                frame,
                                name + " against rate",
                                curves,
                                Axis.log(xs(curves), frame.left(), frame.innerRight()),
                                Axis.log(
                                        DoubleStream.concat(
                                                curves.stream().flatMapToDouble(Curve::ys),
                                                Double.isFinite(limit) ? DoubleStream.of(limit) : DoubleStream.empty()),
                                        frame.innerBottom(),
                                        frame.top()),
                                "requests/s",
                                name,
                                PlotFigure::count,
                                PlotFigure::seconds,
                                new Limit(limit, false)));
    }

    private static DoubleStream xs(List<Curve> curves) {
        return curves.stream().flatMapToDouble(Curve::xs);
    }

    String series() {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < results.entries().size(); i++) {
            SimulationResults.Entry entry = results.entries().get(i);
            int rank = i + 1;
            for (Served.Phase phase : entry.service().served().phases()) {
                double all = (double) phase.settings().blocks() * phase.engines();
                out.append("<h3>").append(Markup.text(entry.name()));
                out.append(phase.role().equals("serving") ? "" : ", " + phase.role());
                out.append("</h3>\n<div class=\"trio\">\n");
                out.append(over(rank, phase.series(), "running sequences", TimeSeries::running, PlotFigure::count));
                out.append(over(rank, phase.series(), "waiting requests", TimeSeries::waiting, PlotFigure::count));
                out.append(over(
                        rank,
                        phase.series(),
                        "KV blocks held",
                        (series, at) -> series.blocks(at) / all,
                        share -> Math.round(share * 100) + " %"));
                out.append("</div>\n");
            }
        }
        return out.toString();
    }

    private static String over(
            int rank,
            TimeSeries series,
            String name,
            BiFunction<TimeSeries, Integer, Double> value,
            DoubleFunction<String> text) {
        double[] x = IntStream.range(0, series.size())
                .mapToDouble(i -> (i + 0.5) * series.width())
                .toArray();
        double[] y = IntStream.range(0, series.size())
                .mapToDouble(i -> value.apply(series, i))
                .toArray();
        double most = Math.max(1e-3, DoubleStream.of(y).max().orElse(1));
        return PlotFigure.of(
                name,
                frame -> curves(
                        frame,
                        name + " over time",
                        List.of(Curve.of(rank, DoubleStream.of(x), DoubleStream.of(y))),
                        new Axis(0, series.size() * series.width(), false, frame.left(), frame.innerRight()),
                        new Axis(0, most * 1.05, false, frame.innerBottom(), frame.top()),
                        "time",
                        name,
                        PlotFigure::seconds,
                        text,
                        new Limit(Double.POSITIVE_INFINITY, false)));
    }

    private static String curves(
            Frame frame,
            String says,
            List<Curve> curves,
            Axis x,
            Axis y,
            String across,
            String up,
            DoubleFunction<String> xText,
            DoubleFunction<String> yText,
            Limit limit) {
        Svg svg = new Svg(frame, says);
        svg.axes(x, y, across, up, xText, yText);
        for (Curve curve : curves) {
            StringBuilder path = new StringBuilder();
            for (int i = 0; i < curve.x().size(); i++) {
                path.append(path.isEmpty() ? "M" : "L")
                        .append(Svg.number(x.at(curve.x().get(i))))
                        .append(' ')
                        .append(Svg.number(y.at(curve.y().get(i))));
            }
            svg.path("curve s" + curve.rank(), path.toString());
        }
        Axis along = limit.upright() ? x : y;
        if (limit.value() > along.low() && limit.value() < along.high()) {
            double at = along.at(limit.value());
            if (limit.upright()) {
                svg.line("limit", at, frame.top(), at, frame.innerBottom());
                svg.label("limit", at - 5, frame.top() + 12, "end", "promised");
            } else {
                svg.line("limit", frame.left(), at, frame.innerRight(), at);
                svg.label("limit", frame.left() + 6, at - 6, "start", "promised");
            }
        }
        return svg.done();
    }

    private String legend() {
        StringBuilder out = new StringBuilder("<p class=\"legend-line\">");
        for (int i = 0; i < results.entries().size(); i++) {
            out.append("<span class=\"s%d\"><span class=\"stroke\"></span>%s</span> "
                    .formatted(i + 1, Markup.text(results.entries().get(i).name())));
        }
        return out.append("</p>\n").toString();
    }

    String maps() {
        StringBuilder out = new StringBuilder();
        for (SimulationResults.Entry entry : results.entries()) {
            SimulationResults.Heat heat = entry.heat();
            if (heat != null) {
                out.append("<h3>")
                        .append(Markup.text(entry.name()))
                        .append("</h3>\n")
                        .append(map(heat));
            }
        }
        return out.isEmpty()
                ? ""
                : "<p class=\"hint\">Share of good requests when the tokens of a request, as many as the study’s,"
                        + " divide otherwise into prompt and answer, and more or fewer come.</p>\n" + out;
    }

    private static String map(SimulationResults.Heat heat) {
        StringBuilder out = new StringBuilder("<div class=\"scroll\"><table class=\"heat\">\n<thead><tr>");
        out.append("<th scope=\"col\">prompt over output</th>");
        heat.rates()
                .forEach(rate -> out.append("<th scope=\"col\">")
                        .append(Markup.text(PlotFigure.count(rate)))
                        .append("/s</th>"));
        out.append("</tr></thead>\n<tbody>\n");
        for (int i = 0; i < heat.ratios().size(); i++) {
            out.append("<tr><th scope=\"row\">")
                    .append(Markup.text(PlotFigure.count(heat.ratios().get(i))))
                    .append("</th>");
            for (double share : heat.shares().get(i)) {
                out.append("<td class=\"h%d\">%d %%</td>"
                        .formatted((int) Math.floor(share * 9.999), (int) Math.floor(share * 100 + 1e-9)));
            }
            out.append("</tr>\n");
        }
        return out.append("</tbody></table></div>\n").toString();
    }
}
