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
import dev.toile.stack.evaluation.Figures;
import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Unit;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
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
            json.writeNumberField("evaluations", results.evaluations());
            if (cpuSeconds.isPresent()) {
                json.writeNumberField("cpu_seconds", cpuSeconds.getAsDouble());
            }
            json.writeArrayFieldStart("candidates");
            for (int i = 0; i < results.entries().size(); i++) {
                candidate(json, results, i, explanations == null ? null : explanations.at(i));
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing JSON into memory", e);
        }
        return text + "\n";
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
        for (String name : Figures.names(evaluation)) {
            figure(json, name, Figures.value(evaluation, name));
        }
        json.writeEndObject();
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

    private static void figure(JsonGenerator json, String name, double value) throws IOException {
        Unit unit = Figures.unit(name).orElse(Unit.ONE);
        json.writeObjectFieldStart(name);
        json.writeNumberField("value", unit.published(value));
        json.writeStringField("unit", unit.publishedSymbol());
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
