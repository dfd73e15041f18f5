package dev.toile.app;

import dev.toile.catalog.text.BadInput;
import dev.toile.catalog.text.Location;
import dev.toile.catalog.text.Problem;
import dev.toile.stack.serving.traffic.AgentSessions;
import picocli.CommandLine.Option;

/** Sessions instead of single requests. */
final class SessionArguments {

    @Option(
            names = "--turns",
            paramLabel = "N",
            description = "Requests come in sessions of so many turns, mean; the study's lengths are those of a turn"
                    + " (default: single requests).")
    private double turns = 1;

    @Option(
            names = "--think",
            paramLabel = "S",
            description = "Seconds between an answer and the next turn, mean (default: ${DEFAULT-VALUE}).")
    private double think = 20;

    @Option(
            names = "--system-prompt",
            paramLabel = "N",
            description = "Tokens that all sessions begin with (default: ${DEFAULT-VALUE}).")
    private int systemPrompt = 2000;

    @Option(
            names = "--background",
            paramLabel = "SHARE",
            description = "Share of the sessions whose user is away: no thinking, nothing promised (default: none).")
    private double background;

    @Option(
            names = "--longest",
            paramLabel = "N",
            description = "Tokens at which a conversation ends (default: ${DEFAULT-VALUE}).")
    private int longest = 32_768;

    boolean asked() {
        return turns > 1;
    }

    void check() throws BadInput {
        boolean works = turns >= 1 && think >= 0 && systemPrompt >= 0 && longest > systemPrompt;
        if (!works || !(background >= 0 && background <= 1)) {
            throw new BadInput(new Problem(
                    Location.ofFile("simulate"),
                    "an option of sessions is out of range",
                    "--turns " + turns + ", --think " + think + ", --system-prompt " + systemPrompt + ", --background "
                            + background + ", --longest " + longest,
                    "one turn or more, a share up to 1, conversations longer than the system prompt",
                    "leave them out"));
        }
    }

    AgentSessions.Shape shape() {
        return new AgentSessions.Shape(systemPrompt, turns, think, background, longest);
    }
}
