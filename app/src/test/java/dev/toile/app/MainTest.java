package dev.toile.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command as a whole. */
class MainTest {

    private static final Map<String, String[]> NAMED = Map.of(
            "run", new String[] {"STUDY", "--out=DIR", "--seed=N", "--threads=N", "--json"},
            "explain", new String[] {"RESULT", "FIGURE", "--candidate=NAME", "--depth=N", "--json"},
            "catalog", new String[] {"[KIND]", "[NAME]", "--json"},
            "bench", new String[] {"[NAME...]", "--json"},
            "validate", new String[] {"--facts", "--json"},
            "new", new String[] {"[TEMPLATE]", "[FILE]", "serve", "train", "study.yaml"});

    @ParameterizedTest
    @ValueSource(strings = {"run", "explain", "catalog", "validate", "new", "bench"})
    void helpNamesEveryOption(String command) {
        Toile toile = Toile.works(command, "--help");
        assertThat(toile.out())
                .startsWith("Usage: toile " + command)
                .contains(NAMED.get(command))
                .contains("--help", "--version", "--debug", "Exit codes:", "Example: toile " + command)
                .doesNotContain("null", "${");
        assertThat(toile.out().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void helpNamesEveryCommand() {
        for (Toile toile : new Toile[] {Toile.works("--help"), Toile.works("-h"), Toile.works()}) {
            assertThat(toile.out())
                    .startsWith("Usage: toile ")
                    .contains(NAMED.keySet())
                    .contains("Exit codes:");
        }
    }

    /** Behind an option all commands are there, otherwise the named one alone. */
    @ParameterizedTest
    @ValueSource(strings = {"run", "simulate", "explain", "catalog", "validate", "calibrate", "new", "bench"})
    void aCommandAloneIsTheCommandAmongAll(String command) {
        assertThat(Toile.works(command, "--help")).isEqualTo(Toile.works("--debug", command, "--help"));
    }

    @Test
    void version() {
        assertThat(Toile.works("--version").out()).isEqualTo(Version.LINE + System.lineSeparator());
        assertThat(Toile.works("run", "-V").out()).isEqualTo(Version.LINE + System.lineSeparator());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "run", "explain", "catalog", "validate", "new"})
    void anUnknownOption(String command) {
        Toile toile = command.isEmpty() ? Toile.run("--elephant") : Toile.run(command, "--elephant");
        assertThat(toile.code()).isEqualTo(2);
        assertThat(toile.err()).contains("Usage: toile").doesNotContain("\tat ");
        assertThat(toile.out()).isEmpty();
    }

    @Test
    void anUnknownCommand() {
        Toile toile = Toile.run("rum");
        assertThat(toile.code()).isEqualTo(2);
        assertThat(toile.err()).contains("rum", "run").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "explain"})
    void aMissingParameter(String command) {
        Toile toile = Toile.run(command);
        assertThat(toile.code()).isEqualTo(2);
        assertThat(toile.err()).contains("Missing required parameter");
    }

    @Test
    void badInputHasNoStackTraceEvenWithDebug(@TempDir Path directory) throws IOException {
        Path study = Files.writeString(directory.resolve("study.yaml"), "toile: 1\n");
        Toile.complains("run", study, "--debug");
    }
}
