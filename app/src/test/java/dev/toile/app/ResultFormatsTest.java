package dev.toile.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.toile.stack.evaluation.Figures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that a run leaves. */
class ResultFormatsTest {

    private static final Path CHAT = Toile.STUDIES.resolve("chat-70b.yaml");

    @TempDir
    private Path directory;

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void allOfThemByDefaultTheSameEveryTime() throws IOException {
        Path first = directory.resolve("first");
        Path second = directory.resolve("second");
        Toile.works("run", CHAT, "--out", first, "--threads", 1);
        Toile.works("run", CHAT, "--out", second, "--threads", 2);
        assertThat(names(first))
                .containsExactly("report.html", "results.csv", "results.json", "results.parquet", "results.xlsx");
        for (String name : names(first)) {
            assertThat(second.resolve(name)).hasSameBinaryContentAs(first.resolve(name));
        }
    }

    @Test
    void onlyThoseAskedFor() throws IOException {
        Toile toile = Toile.works("run", CHAT, "--out", directory.resolve("out"), "--formats", "csv,PARQUET");
        assertThat(names(directory.resolve("out"))).containsExactly("results.csv", "results.parquet");
        assertThat(toile.out()).contains("Results: ").doesNotContain("report.html");
    }

    @Test
    void anUnknownFormat() {
        Toile toile = Toile.run("run", CHAT, "--out", directory.resolve("out"), "--formats", "csv,pdf");
        assertThat(toile.code()).isEqualTo(2);
        assertThat(toile.err()).contains("--formats", "pdf").doesNotContain("\tat ");
        assertThat(directory.resolve("out")).doesNotExist();
    }

    @Test
    void csvHasARowForEachCandidateInSiUnits() throws IOException {
        Path out = directory.resolve("out");
        Toile.works("run", CHAT, "--out", out, "--formats", "json,csv");
        List<String> lines = Files.readAllLines(out.resolve("results.csv"));
        JsonNode candidates = Toile.json(out.resolve("results.json")).path("candidates");
        assertThat(lines).hasSize(candidates.size() + 1);
        List<String> head = List.of(lines.getFirst().split(","));
        assertThat(head)
                .startsWith("name", "kind", "feasible", "reason", "rank", "front")
                .contains("it-power [W]", "capex [USD]", "mfu", "design.chip.name", "design.system.name");
        for (int i = 0; i < candidates.size(); i++) {
            JsonNode candidate = candidates.get(i);
            String[] row = lines.get(i + 1).split(",");
            assertThat(row[0]).isEqualTo(candidate.path("name").asText());
            for (String figure : List.of("it-power", "capex", "usd-per-million-tokens")) {
                String unit = Figures.unit(figure).orElseThrow().symbol();
                double value =
                        candidate.path("figures").path(figure).path("value").asDouble();
                assertThat(Double.parseDouble(row[head.indexOf(figure + " [" + unit + "]")]))
                        .isEqualTo(value);
            }
        }
    }

    @Test
    void aCandidateThatCannotWorkHasItsReasonAndNoRank() throws IOException {
        String study = Files.readString(CHAT).replace("it-power: 100 MW", "it-power: 1 kW");
        Path tight = Files.writeString(directory.resolve("tight.yaml"), study);
        Path out = directory.resolve("out");
        Toile.works("run", tight, "--out", out);
        assertThat(Files.readAllLines(out.resolve("results.csv")))
                .anyMatch(line -> line.startsWith("hgx-h100,buy,false,it needs 1.45 MW"));
        byte[] parquet = Files.readAllBytes(out.resolve("results.parquet"));
        assertThat(new String(parquet, StandardCharsets.ISO_8859_1))
                .startsWith("PAR1")
                .endsWith("PAR1");
        assertThat(names(out)).hasSize(5);
    }
}
