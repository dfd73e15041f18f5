package dev.toile.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.toile.stack.chip.ChipDesign;
import dev.toile.stack.chip.Floorplan;
import dev.toile.stack.evaluation.Breakdown;
import dev.toile.stack.evaluation.Breakdowns;
import dev.toile.stack.evaluation.Evaluation;
import dev.toile.stack.evaluation.FigureBands;
import dev.toile.stack.evaluation.Figures;
import dev.toile.stack.evaluation.Rescored;
import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.serving.simulation.CapacitySearch;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Results as JSON: the contract other tools rely on, with the explanation of every figure when asked.
 *
 * <p>The text depends on the results alone, so equal runs write equal bytes; CPU time is written only where it is
 * given.
 *
 * @param results to be written
 */
public record ResultsJson(StudyResults results) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Figures of a fleet that follow from the rate of a replica. */
    private static final List<String> RESCORED =
            List.of("chips", "usd-per-million-tokens", "joules-per-token", "tokens-per-second-per-chip");
    /** Candidates at the top that get a floorplan; those of the front have one wherever they stand. */
    private static final int MOST_FLOORPLANS = 8;

    /** The short form that {@code run --json} prints. */
    public String brief(double cpuSeconds) {
        return write(null, OptionalDouble.of(cpuSeconds));
    }

    /** The whole form that goes into {@code results.json}: breakdowns and explanations included. */
    public String whole(Explanations explanations) {
        return write(explanations, OptionalDouble.empty());
    }

    private String write(@Nullable Explanations explanations, OptionalDouble cpuSeconds) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory(MAPPER).createGenerator(text)) {
            DefaultPrettyPrinter printer =
                    new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
            json.setPrettyPrinter(printer);
            json.writeStartObject();
            json.writeNumberField("toile", 1);
            json.writeStringField("version", results.version());
            json.writeStringField("study", results.study());
            json.writeNumberField("seed", results.seed());
            json.writeObjectFieldStart("workload");
            json.writeStringField("model", results.model());
            json.writePOJOField("lines", results.workload());
            json.writeEndObject();
            json.writePOJOField("objectives", results.objectives());
            json.writePOJOField("limits", results.limits());
            json.writePOJOField("front", results.front());
            json.writePOJOField("searches", results.searches());
            if (results.breakEven() != null) {
                json.writePOJOField("breakEven", results.breakEven());
            }
            if (results.robust() != null) {
                json.writePOJOField("robust", results.robust());
            }
            json.writeNumberField("evaluations", results.evaluations());
            if (cpuSeconds.isPresent()) {
                json.writeNumberField("cpu_seconds", cpuSeconds.getAsDouble());
            }
            json.writeArrayFieldStart("candidates");
            for (int i = 0; i < results.entries().size(); i++) {
                candidate(json, results, i, explanations == null ? null : explanations.at(i));
            }
            json.writeEndArray();
            if (!results.simulated().isEmpty()) {
                simulated(json);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing JSON into memory", e);
        }
        return text + "\n";
    }

    /** Finalists, each with what the closed form planned and what the simulation found. */
    private void simulated(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("simulated");
        for (Map.Entry<String, Rescored> each : results.simulated().entrySet()) {
            Rescored rescored = each.getValue();
            json.writeStartObject();
            json.writeStringField("name", each.getKey());
            pair(
                    json,
                    "requests-per-second",
                    rescored.rate(),
                    rescored.capacity().rate());
            CapacitySearch.Probe probe = rescored.atCapacity();
            pair(json, "ttft-p99", rescored.planned("ttft-p99"), probe == null ? Double.NaN : probe.ttftP99());
            pair(json, "tpot-p99", rescored.planned("tpot-p99"), probe == null ? Double.NaN : probe.tpotP99());
            for (String figure : RESCORED) {
                pair(json, figure, rescored.planned(figure), rescored.simulated(figure));
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void pair(JsonGenerator json, String name, double planned, double simulated) throws IOException {
        json.writeObjectFieldStart(name);
        if (Double.isFinite(planned)) {
            json.writeNumberField("closed-form", planned);
        }
        if (Double.isFinite(simulated)) {
            json.writeNumberField("simulated", simulated);
        }
        json.writeEndObject();
    }

    private static void candidate(
            JsonGenerator json, StudyResults results, int index, @Nullable Explanation explanation) throws IOException {
        StudyResults.Entry entry = results.entries().get(index);
        Evaluation evaluation = entry.evaluation();
        json.writeStartObject();
        json.writeStringField("name", entry.name());
        json.writeStringField("kind", evaluation.candidate().kind().name().toLowerCase(Locale.ROOT));
        boolean feasible = !(evaluation instanceof Evaluation.Infeasible);
        json.writeBooleanField("feasible", feasible);
        if (evaluation instanceof Evaluation.Infeasible(var _, String reason)) {
            json.writeStringField("reason", reason);
        }
        json.writePOJOField("notes", evaluation.candidate().notes());
        json.writeObjectFieldStart("figures");
        Optional<FigureBands> bands = FigureBands.of(evaluation);
        for (String name : Figures.names(evaluation)) {
            figure(json, name, Figures.value(evaluation, name), bands.flatMap(each -> each.of(name)));
        }
        json.writeEndObject();
        if (bands.isPresent()) {
            json.writePOJOField("bands", BandSummary.of(bands.get()));
        }
        json.writePOJOField("design", new DesignSummary(entry).map());
        if (explanation != null) {
            if (index < MOST_FLOORPLANS || results.front().contains(entry.name())) {
                floorplan(json, evaluation);
            }
            breakdowns(json, evaluation);
            json.writePOJOField("plots", Plots.of(evaluation));
            explanation(json, explanation);
        }
        json.writeEndObject();
    }

    /** One die of a built chip as rectangles, in m. */
    private static void floorplan(JsonGenerator json, Evaluation evaluation) throws IOException {
        if (evaluation.candidate().chip().provenance() instanceof ChipDesign design) {
            Floorplan plan = Floorplan.of(design);
            json.writeObjectFieldStart("floorplan");
            json.writeNumberField("width", nanometres(plan.width()));
            json.writeNumberField("height", nanometres(plan.height()));
            json.writeArrayFieldStart("blocks");
            for (Floorplan.Block block : plan.blocks()) {
                json.writeStartObject();
                json.writeStringField("name", block.name());
                json.writeStringField("kind", block.kind().name());
                json.writeNumberField("x", nanometres(block.x()));
                json.writeNumberField("y", nanometres(block.y()));
                json.writeNumberField("width", nanometres(block.width()));
                json.writeNumberField("height", nanometres(block.height()));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    /** Metres to the nanometre. */
    private static double nanometres(double metres) {
        return Math.rint(metres * 1e9) / 1e9;
    }

    private static void figure(JsonGenerator json, String name, double value, Optional<FigureBands.Range> band)
            throws IOException {
        Unit unit = Figures.unit(name).orElse(Unit.ONE);
        json.writeObjectFieldStart(name);
        json.writeNumberField("value", unit.published(value));
        json.writeStringField("unit", unit.publishedSymbol());
        if (band.isPresent()) {
            json.writeNumberField("low", unit.published(band.get().low()));
            json.writeNumberField("high", unit.published(band.get().high()));
        }
        style(json, unit);
        json.writeEndObject();
    }

    private static void style(JsonGenerator json, Unit unit) throws IOException {
        if (unit.style() == Unit.Style.PERCENT) {
            json.writeStringField("style", "percent");
        }
    }

    private static void breakdowns(JsonGenerator json, Evaluation evaluation) throws IOException {
        json.writeObjectFieldStart("breakdowns");
        for (Breakdown breakdown : Breakdowns.of(evaluation)) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("title", breakdown.title());
            map.put("unit", breakdown.unit());
            map.put("groups", breakdown.groups());
            json.writePOJOField(breakdown.id(), map);
        }
        json.writeEndObject();
    }

    private static void explanation(JsonGenerator json, Explanation explanation) throws IOException {
        json.writeObjectFieldStart("explanation");
        json.writeArrayFieldStart("nodes");
        for (Explanation.Node node : explanation.nodes()) {
            node(json, node);
        }
        json.writeEndArray();
        json.writePOJOField("roots", explanation.roots());
        json.writeEndObject();
    }

    private static void node(JsonGenerator json, Explanation.Node node) throws IOException {
        Figure figure = node.figure();
        json.writeStartObject();
        json.writeNumberField("id", node.id());
        json.writeStringField("name", figure.name());
        json.writeStringField("label", figure.label());
        // In SI units, so that a formula holds for the values of its inputs as they stand here.
        json.writeNumberField("value", figure.value());
        json.writeStringField("unit", figure.unit().symbol());
        json.writeStringField("text", figure.unit().format(figure.value()));
        json.writeStringField(
                "formula", figure.formula() == null ? null : figure.formula().text());
        json.writePOJOField("inputs", node.inputs());
        if (figure.source() == null) {
            json.writeNullField("source");
        } else {
            json.writeObjectFieldStart("source");
            json.writeStringField("title", figure.source().title());
            json.writeStringField("url", figure.source().url());
            json.writeStringField("date", figure.source().date());
            json.writeEndObject();
        }
        json.writeStringField("note", figure.note().isEmpty() ? null : figure.note());
        json.writeEndObject();
    }
}
