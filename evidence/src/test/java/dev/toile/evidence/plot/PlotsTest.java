package dev.toile.evidence.plot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toile.catalog.Catalog;
import dev.toile.catalog.text.BadInput;
import dev.toile.evidence.KernelPredictions;
import dev.toile.evidence.Prediction;
import dev.toile.evidence.RowTable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class PlotsTest {

    private static final int ROWS = 30;

    @TempDir
    private Path directory;

    /** Products of a chip, as long as they are predicted, but one, which takes three times as long. */
    private List<Prediction> rows() throws IOException, BadInput {
        List<Prediction> first = read("1");
        StringBuilder text = new StringBuilder("system,dtype,m,n,k,latency_ms\n");
        for (int i = 0; i < ROWS; i++) {
            double times = i == 0 ? 3 : 1;
            text.append("h100_sxm,bfloat16,%d,4096,4096,%s\n"
                    .formatted(1 << i % 10, first.get(i).predicted() * times));
        }
        return table(text.toString());
    }

    private List<Prediction> read(String latency) throws IOException, BadInput {
        StringBuilder text = new StringBuilder("system,dtype,m,n,k,latency_ms\n");
        for (int i = 0; i < ROWS; i++) {
            text.append("h100_sxm,bfloat16,%d,4096,4096,%s\n".formatted(1 << i % 10, latency));
        }
        return table(text.toString());
    }

    private List<Prediction> table(String text) throws IOException, BadInput {
        Path file = Files.writeString(directory.resolve("h100_sxm_gemm.csv"), text);
        return KernelPredictions.of(RowTable.read(file), Catalog.bundled(), null, null)
                .predictions();
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void timesAreDrawnOnceWhereTheyWouldCoverEachOther() throws Exception {
        SequencedMap<String, List<Prediction>> chips = new LinkedHashMap<>(Map.of("H100 <SXM>", rows()));
        String svg = TimePlot.of("Products & more", chips, 0.9, 1.1);
        assertThat(parsed(svg).getElementsByTagName("title").item(0).getTextContent())
                .isEqualTo("Products & more: predicted against measured time");
        String points = svg.lines()
                .filter(line -> line.startsWith("<path class=\"c0\""))
                .findFirst()
                .orElseThrow();
        assertThat(points.split("h0", -1).length - 1).isBetween(2, ROWS - 1);
        assertThat(svg).isEqualTo(TimePlot.of("Products & more", chips, 0.9, 1.1));
    }

    @Test
    void errorsSayHowManyAreInsideTheirBand() throws Exception {
        SequencedMap<String, String> respects = new LinkedHashMap<>();
        respects.put("dtype", "Format");
        respects.put("op", "Operation");
        String svg = ErrorPlot.of("Products", rows(), respects);
        Document document = parsed(svg);
        assertThat(document.getElementsByTagName("text").getLength()).isGreaterThan(8);
        assertThat(svg).contains(">Format<", ">bfloat16<", ">97 %<", ">30<").doesNotContain("Operation", "NaN");
    }
}
