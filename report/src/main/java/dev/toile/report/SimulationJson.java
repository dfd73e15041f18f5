package dev.toile.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.toile.stack.evaluation.SimulatedService.Figure;
import dev.toile.stack.serving.simulation.CapacitySearch;
import dev.toile.stack.serving.simulation.EngineSettings;
import dev.toile.stack.serving.simulation.RequestClass;
import dev.toile.stack.serving.simulation.Served;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Simulations as JSON. The text depends on the results alone; CPU time is written only where it is given.
 *
 * @param results to be written
 */
public record SimulationJson(SimulationResults results) {

    private static final List<String> PLANNED = List.of(
            "ttft-p50", "ttft-p99", "tpot-p50", "tpot-p99", "joules-per-token", "usd-per-million-tokens", "mfu");

    /** What goes into a file. */
    public String text() {
        return write(OptionalDouble.empty());
    }

    /** The same with the CPU time it took. */
    public String brief(double cpuSeconds) {
        return write(OptionalDouble.of(cpuSeconds));
    }

    private String write(OptionalDouble cpuSeconds) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory(new ObjectMapper()).createGenerator(text)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));
            json.writeStartObject();
            json.writeNumberField("toile", 1);
            json.writeStringField("version", results.version());
            json.writeStringField("study", results.study());
            json.writeNumberField("seed", results.seed());
            json.writeStringField("model", results.model());
            if (!results.trace().isEmpty()) {
                json.writeStringField("trace", results.trace());
            }
            if (cpuSeconds.isPresent()) {
                json.writeNumberField("cpu_seconds", cpuSeconds.getAsDouble());
            }
            json.writeArrayFieldStart("candidates");
            for (SimulationResults.Entry entry : results.entries()) {
                candidate(json, entry);
            }
            json.writeEndArray();
            json.writePOJOField("not-simulated", results.reasons());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing JSON into memory", e);
        }
        return text + "\n";
    }

    private static void candidate(JsonGenerator json, SimulationResults.Entry entry) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", entry.name());
        json.writeArrayFieldStart("engines");
        for (Served.Phase phase : entry.service().served().phases()) {
            engine(json, phase);
        }
        json.writeEndArray();
        json.writeObjectFieldStart("figures");
        for (Figure figure : entry.service().figures()) {
            json.writeObjectFieldStart(figure.name());
            json.writeNumberField("value", figure.unit().published(figure.value()));
            json.writeStringField("unit", figure.unit().publishedSymbol());
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeObjectFieldStart("closed-form");
        for (String name : PLANNED) {
            double planned = entry.planned(name);
            if (Double.isFinite(planned)) {
                json.writeNumberField(name, planned);
            }
        }
        json.writeEndObject();
        classes(json, entry.service().served());
        capacity(json, entry);
        json.writeEndObject();
    }

    private static void capacity(JsonGenerator json, SimulationResults.Entry entry) throws IOException {
        json.writeObjectFieldStart("capacity");
        json.writeNumberField("requests-per-second", entry.capacity().rate());
        json.writeArrayFieldStart("probes");
        for (CapacitySearch.Probe probe : entry.capacity().probes()) {
            json.writeStartObject();
            json.writeNumberField("requests-per-second", probe.rate());
            number(json, "ttft-p99", probe.ttftP99());
            number(json, "tpot-p99", probe.tpotP99());
            json.writeNumberField("goodput", probe.goodput());
            json.writeNumberField("attainment", probe.attainment());
            json.writeBooleanField("meets", probe.meets());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        SimulationResults.Heat heat = entry.heat();
        if (heat != null) {
            json.writeObjectFieldStart("attainment-map");
            json.writePOJOField("prompt-over-output", heat.ratios());
            json.writePOJOField("requests-per-second", heat.rates());
            json.writePOJOField("attainment", heat.shares());
            json.writeEndObject();
        }
    }

    private static void engine(JsonGenerator json, Served.Phase phase) throws IOException {
        EngineSettings settings = phase.settings();
        json.writeStartObject();
        json.writeStringField("role", phase.role());
        json.writeNumberField("engines", phase.engines());
        json.writeStringField(
                "policy", settings.policy().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        json.writeNumberField("token-budget", settings.tokenBudget());
        json.writeNumberField("max-sequences", settings.maxSequences());
        json.writeNumberField("block-tokens", settings.blockTokens());
        json.writeNumberField("blocks", settings.blocks());
        json.writeEndObject();
    }

    /** What each class of requests got, where there are several. */
    private static void classes(JsonGenerator json, Served served) throws IOException {
        List<RequestClass> kinds = served.requests().kinds();
        if (kinds.size() < 2) {
            return;
        }
        json.writeArrayFieldStart("classes");
        for (int k = 0; k < kinds.size(); k++) {
            int kind = k;
            int count = 0;
            int good = 0;
            for (int i = 0; i < served.requests().size(); i++) {
                if (served.requests().kindIndex(i) == kind) {
                    count++;
                    good += served.good(i) ? 1 : 0;
                }
            }
            json.writeStartObject();
            json.writeStringField("name", kinds.get(k).name());
            json.writeNumberField("requests", count);
            json.writeNumberField("attainment", count == 0 ? 0 : (double) good / count);
            number(
                    json,
                    "ttft-p99",
                    served.distribution(served::ttft, i -> served.requests().kindIndex(i) == kind)
                            .quantile(0.99));
            number(
                    json,
                    "tpot-p99",
                    served.distribution(served::tpot, i -> served.requests().kindIndex(i) == kind)
                            .quantile(0.99));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void number(JsonGenerator json, String name, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumberField(name, value);
        }
    }
}
