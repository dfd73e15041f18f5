package dev.toile.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.toile.catalog.text.BadInput;
import dev.toile.catalog.text.Location;
import dev.toile.catalog.text.Names;
import dev.toile.catalog.text.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code toile explain}: where one number comes from. */
@Command(
        name = "explain",
        description = "Prints where one number comes from: formulas, their inputs, and in the end the sources.",
        footer = "%nExample: toile explain chat/results.json capex --candidate hgx-h100 --depth 2")
final class ExplainCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "RESULT", description = "A results.json that 'toile run' wrote.")
    private Path file = Path.of("results.json");

    @Parameters(index = "1", paramLabel = "FIGURE", description = "A figure's name, such as usd-per-million-tokens.")
    private String figure = "";

    @Option(
            names = "--candidate",
            paramLabel = "NAME",
            description = "A candidate of the results (default: the best one).")
    private @Nullable String candidate;

    @Option(names = "--depth", paramLabel = "N", description = "Levels of the tree to print (default: all).")
    private int depth = Integer.MAX_VALUE;

    @Option(names = "--json", description = "Print the tree as JSON.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws BadInput, IOException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        if (depth < 0) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("--depth is out of range, seen " + depth + ", expected 0 or more");
            err.println("Maybe leave it out");
            return Main.BAD_INPUT;
        }
        JsonNode results = results();
        JsonNode chosen = candidate(results);
        JsonNode explanation = chosen.path("explanation");
        JsonNode root = explanation.path("roots").path(figure);
        if (!root.isInt()) {
            throw unknownFigure(chosen);
        }
        JsonNode nodes = explanation.path("nodes");
        if (json) {
            ObjectNode tree = new ExplanationTree(nodes, depth).json(root.asInt());
            JsonNode known = chosen.path("figures").path(figure);
            if (known.has("low")) {
                ObjectNode band = tree.putObject("band");
                for (String key : List.of("low", "high", "unit")) {
                    band.set(key, known.path(key));
                }
            }
            out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(tree));
        } else {
            out.println(chosen.path("name").asText());
            new ExplanationTree(nodes, depth)
                    .print(out, root.asInt(), band(chosen).orElse(""));
        }
        out.flush();
        return 0;
    }

    /** Between which values four of five measurements are expected, and what that leaves out. */
    private Optional<String> band(JsonNode chosen) {
        JsonNode known = chosen.path("figures").path(figure);
        if (!known.has("low")) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "80 %% band: %.4g to %.4g %s, %s",
                known.path("low").asDouble(),
                known.path("high").asDouble(),
                known.path("unit").asText(),
                chosen.path("bands").path("note").asText()));
    }

    private JsonNode results() throws BadInput, IOException {
        if (!Files.exists(file)) {
            throw bad("there is no such file", "", "a results.json", "toile run STUDY writes one");
        }
        if (Files.isDirectory(file)) {
            throw bad(
                    "this is a directory",
                    "",
                    "a results.json",
                    file.resolve("results.json").toString());
        }
        try {
            JsonNode read = new ObjectMapper().readTree(Files.readString(file));
            if (!read.path("candidates").isArray()) {
                throw bad(
                        "this is not a results.json of Toile",
                        "",
                        "a list of candidates",
                        "toile run STUDY writes one");
            }
            return read;
        } catch (JsonProcessingException e) {
            throw bad("this is not JSON", "", "a results.json", "toile run STUDY writes one");
        } catch (CharacterCodingException e) {
            throw bad("this is not text", "", "a results.json", "toile run STUDY writes one");
        }
    }

    private JsonNode candidate(JsonNode results) throws BadInput {
        List<String> names = new ArrayList<>();
        for (JsonNode each : results.path("candidates")) {
            names.add(each.path("name").asText());
            if (candidate == null || each.path("name").asText().equals(candidate)) {
                return each;
            }
        }
        String wanted = candidate == null ? "" : candidate;
        throw bad(
                "no candidate of this name",
                "'" + wanted + "'",
                "one of " + String.join(", ", names),
                Names.nearest(wanted, names).orElse(""));
    }

    private BadInput unknownFigure(JsonNode chosen) {
        List<String> names = new ArrayList<>();
        chosen.path("figures").fieldNames().forEachRemaining(names::add);
        if (!chosen.path("feasible").asBoolean()) {
            return bad(
                    "candidate '" + chosen.path("name").asText() + "' cannot work, so it has no figures: "
                            + chosen.path("reason").asText(),
                    "",
                    "",
                    "--candidate with another name");
        }
        return bad(
                "candidate '" + chosen.path("name").asText() + "' has no figure of this name",
                "'" + figure + "'",
                "one of " + String.join(", ", names),
                Names.nearest(figure, names).orElse(""));
    }

    private BadInput bad(String what, String seen, String expected, String maybe) {
        return new BadInput(new Problem(Location.ofFile(file.toString()), what, seen, expected, maybe));
    }
}
