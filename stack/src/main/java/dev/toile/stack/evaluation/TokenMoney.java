package dev.toile.stack.evaluation;

import dev.toile.stack.evaluation.Composition.Node;
import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.rack.Bill;
import java.util.ArrayList;
import java.util.List;

/**
 * Yearly money shared out over tokens: the bill of materials below the equipment, and below an accelerator that is
 * built what it is made of.
 *
 * @param owned what is paid for
 * @param energyPerYear USD
 * @param usdPerYear in all
 * @param usdPerMillionTokens what it comes to
 * @param year path of the figure of the yearly cost
 */
record TokenMoney(Ownership owned, double energyPerYear, double usdPerYear, double usdPerMillionTokens, String year) {

    static Node of(Fleet fleet) {
        FleetPower power = new FleetPower(fleet);
        FleetMoney money = new FleetMoney(fleet, power);
        return new TokenMoney(
                        fleet.owned(),
                        power.energyPerYear(),
                        money.usdPerYear(),
                        money.usdPerMillionTokens(),
                        "usd-per-million-tokens/usd-per-year")
                .whole();
    }

    static Node of(Cluster cluster) {
        return new TokenMoney(
                        cluster.owned(),
                        cluster.energyPerYear(),
                        cluster.usdPerYear(),
                        cluster.usdPerMillionTokens(),
                        "usd-per-million-tokens/usd-of-run/usd-per-year")
                .whole();
    }

    private double perToken(double perYear) {
        return perYear / usdPerYear * usdPerMillionTokens;
    }

    private Node whole() {
        String why = "usd-per-million-tokens";
        if (owned.candidate().rental() != null) {
            Node rent = Node.leaf("rent", usdPerMillionTokens, year + "/opex-per-year");
            return new Node("cost", usdPerMillionTokens, why, List.of(rent));
        }
        String capital = year + "/capital-per-year";
        return Node.sum(
                "cost",
                why,
                List.of(
                        equipment(capital + "/it-capital-per-year"),
                        Node.leaf(
                                "facility",
                                perToken(owned.facilityCapitalPerYear()),
                                capital + "/facility-capital-per-year"),
                        Node.leaf("electricity", perToken(energyPerYear), year + "/opex-per-year/energy-per-year"),
                        Node.leaf(
                                "staff, repair, insurance",
                                perToken(owned.operationsPerYear()),
                                year + "/opex-per-year/operations-per-year")));
    }

    /** The equipment's yearly payment in proportion to the prices on the bill. */
    private Node equipment(String why) {
        Bill bill = owned.candidate().bill();
        double share = perToken(owned.itCapitalPerYear()) / bill.price();
        String prices = why + "/it-capex/system-price/";
        List<Node> lines = new ArrayList<>();
        for (Figure line : bill.explainPrice().inputs()) {
            String path = prices + line.name();
            lines.add(
                    line.name().equals("accelerators-price")
                            ? accelerators(line, share, path)
                            : Node.leaf(line.label(), share * line.value(), path));
        }
        return Node.sum("IT equipment", why, lines);
    }

    private Node accelerators(Figure line, double share, String path) {
        Figure price = owned.candidate().chip().priceFigure();
        String why = path + "/" + price.name();
        double each = share * line.value() / price.value();
        List<Node> parts = price.inputs().stream()
                .filter(input -> input.name().equals("chip-cost"))
                .findFirst()
                .map(cost -> made(price, cost, each, why))
                .orElse(List.of());
        return new Node(line.label(), share * line.value(), path, parts);
    }

    /** What a built chip's price is made of; what is neither a part nor one-time is lost with packages that fail. */
    private static List<Node> made(Figure price, Figure cost, double each, String why) {
        List<Node> parts = new ArrayList<>();
        double known = 0;
        for (Figure part : cost.inputs()) {
            if (part.unit().equals(Unit.USD)) {
                known += part.value();
                parts.add(Node.leaf(part.label(), each * part.value(), why + "/chip-cost/" + part.name()));
            }
        }
        if (parts.isEmpty()) {
            return List.of();
        }
        parts.add(Node.leaf("packages that fail", each * (cost.value() - known), why + "/chip-cost"));
        parts.add(Node.leaf("design partner's margin", each * (price.value() - cost.value()), why));
        return parts;
    }
}
