package dev.toile.stack.evaluation;

import dev.toile.stack.evaluation.Composition.Node;
import java.util.List;

/** Money and energy of a token, down to the components. */
public final class Compositions {

    private Compositions() {}

    /** Both; none of an infeasible evaluation, nor of a mix. */
    public static List<Composition> of(Evaluation evaluation) {
        return switch (evaluation) {
            case Evaluation.Infeasible _, Evaluation.Mixed _ -> List.of();
            case Evaluation.Serves(Fleet fleet) ->
                List.of(
                        money("a million output tokens", TokenMoney.of(fleet)),
                        energy("an output token", TokenEnergy.of(fleet)));
            case Evaluation.Trains(Cluster cluster) ->
                List.of(
                        money("a million tokens seen", TokenMoney.of(cluster)),
                        energy("a token seen", TokenEnergy.of(cluster)));
        };
    }

    private static Composition money(String what, Node whole) {
        return new Composition("money", "Money of " + what, "USD/Mtoken", whole);
    }

    private static Composition energy(String what, Node whole) {
        return new Composition("energy", "Energy of " + what + ", at the meter", "J/token", whole);
    }
}
