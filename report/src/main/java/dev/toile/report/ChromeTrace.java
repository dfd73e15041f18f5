package dev.toile.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.toile.stack.serving.simulation.Served;
import dev.toile.stack.serving.simulation.TimeSeries;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Simulated requests in the Trace Event Format that ui.perfetto.dev and chrome://tracing open: each request with its
 * wait, its prompt and its decoding, on as few rows as there are requests at a time, and counters below.
 *
 * @param served what became of the requests
 */
public record ChromeTrace(Served served) {

    /** More requests than this make files that no viewer opens with ease. */
    private static final int MOST = 20_000;

    private static final double MICROSECONDS = 1e6;

    /** The whole file. */
    public String json() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("displayTimeUnit", "ms");
            json.writeArrayFieldStart("traceEvents");
            requests(json);
            for (int i = 0; i < served.phases().size(); i++) {
                counters(json, served.phases().get(i));
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing JSON into memory", e);
        }
        return text.toString();
    }

    private void requests(JsonGenerator json) throws IOException {
        List<Double> rows = new ArrayList<>();
        int count = Math.min(served.requests().size(), MOST);
        for (int i = 0; i < count; i++) {
            if (!Double.isNaN(served.finished(i))) {
                int row = row(rows, served.arrived(i), served.finished(i));
                span(json, "wait", i, row, served.arrived(i), served.scheduled(i));
                span(json, "prompt", i, row, served.scheduled(i), served.firstToken(i));
                span(json, "decode", i, row, served.firstToken(i), served.finished(i));
            }
        }
    }

    /** The first row that is free by then. */
    private static int row(List<Double> rows, double begin, double end) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i) <= begin) {
                rows.set(i, end);
                return i;
            }
        }
        rows.add(end);
        return rows.size() - 1;
    }

    private void span(JsonGenerator json, String name, int request, int row, double begin, double end)
            throws IOException {
        if (end <= begin) {
            return;
        }
        json.writeStartObject();
        json.writeStringField("name", name);
        json.writeStringField("cat", "request");
        json.writeStringField("ph", "X");
        json.writeNumberField("ts", begin * MICROSECONDS);
        json.writeNumberField("dur", (end - begin) * MICROSECONDS);
        json.writeNumberField("pid", 1);
        json.writeNumberField("tid", row + 1);
        json.writeObjectFieldStart("args");
        json.writeNumberField("request", request);
        json.writeNumberField("prompt tokens", served.requests().prompt(request));
        json.writeNumberField("output tokens", served.requests().output(request));
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void counters(JsonGenerator json, Served.Phase phase) throws IOException {
        TimeSeries series = phase.series();
        for (int i = 0; i < series.size(); i++) {
            json.writeStartObject();
            json.writeStringField("name", phase.role());
            json.writeStringField("ph", "C");
            json.writeNumberField("ts", i * series.width() * MICROSECONDS);
            json.writeNumberField("pid", 1);
            json.writeObjectFieldStart("args");
            json.writeNumberField("running", series.running(i));
            json.writeNumberField("waiting", series.waiting(i));
            json.writeNumberField("blocks", series.blocks(i));
            json.writeEndObject();
            json.writeEndObject();
        }
    }
}
