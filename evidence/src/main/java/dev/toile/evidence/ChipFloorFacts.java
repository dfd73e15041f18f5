package dev.toile.evidence;

import dev.toile.catalog.Catalog;
import dev.toile.catalog.Designs;
import dev.toile.stack.chip.ChipArea;
import dev.toile.stack.chip.ChipCost;
import dev.toile.stack.chip.ChipDesign;
import dev.toile.stack.chip.ChipPower;
import dev.toile.stack.chip.Links;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.process.Spares;
import dev.toile.stack.process.Wafer;
import java.util.ArrayList;
import java.util.List;

/**
 * Published areas, powers, peak rates and costs of chips beside what follows from their parts. Nothing is fitted to a
 * chip's total; the block constants of {@code silicon.yaml} that name the A100 and MI210 dies were averaged over both.
 *
 * @param catalog with the designs
 */
record ChipFloorFacts(Catalog catalog) {

    private static final String DIES =
            "LLMCompass, ae/figure6/real_hardware/die_area.csv: blocks measured on die photos, 2023";
    private static final String SYSTEMS = "ai-dynamo/aiconfigurator, system files, 2026";
    private static final String TPU4 = "Jouppi et al., TPU v4, ISCA 2023, table 4, as quoted in public notes";
    private static final String TPU1 = "Jouppi et al., ISCA 2017, as quoted in public tables";
    private static final String HOTCHIPS = "AMD at Hot Chips 2025, Tom's Hardware: 1,400 W";
    private static final String KERNELS =
            "best 16-bit products: A100 in the sweeps of LLMCompass (PyTorch), H100 in public kernel tables, where"
                    + " ai-dynamo/aiconfigurator's own best is 0.837";
    private static final String ANALYSTS = "Silicon Analysts, accelerator cost bridge (estimates), 2026-02";

    /** Hardware utilisation of a large training run on TPU v4, PaLM 540B: Chowdhery et al., arXiv:2204.02311. */
    private static final double PALM_UTILISATION = 0.578;

    FactSet set() {
        List<Fact> facts = new ArrayList<>();
        a100Area(facts);
        mi210Area(facts);
        totals(facts);
        power(facts);
        peaks(facts);
        yields(facts);
        cost(facts);
        return new FactSet("chips", "area, power, peak rates and cost of chips from their parts", facts);
    }

    private ChipDesign design(String id) {
        return catalog.design(id);
    }

    private static Fact area(String what, double squareMillimetres, double predicted, double tolerance, String source) {
        return new Fact(what, "mm2", squareMillimetres, predicted * 1e6, tolerance, source);
    }

    private static double lanes(ChipDesign d, String purpose, boolean controllers) {
        double area = 0;
        for (Links each : d.links()) {
            if (each.purpose().equals(purpose)) {
                area += each.lanes()
                        * (controllers
                                ? each.generation().controllerTransistors()
                                        / d.process().logicDensity()
                                : each.generation().phyArea());
            }
        }
        return area;
    }

    private static double outside(ChipDesign d, ChipArea a) {
        return a.other()
                + lanes(d, ChipDesign.SCALE_UP, true)
                + lanes(d, ChipDesign.HOST, true)
                + lanes(d, ChipDesign.HOST, false);
    }

    private static void blocks(List<Fact> facts, String chip, ChipDesign d, double... stated) {
        ChipArea a = d.area();
        double[] predicted = {
            a.cores(),
            a.noc(),
            a.shared(),
            a.memoryPhy(),
            a.memoryController(),
            lanes(d, ChipDesign.SCALE_UP, false),
            outside(d, a)
        };
        String[] names = {
            "cores",
            "network",
            "L2",
            "memory PHYs",
            "memory controllers",
            "link PHYs",
            "link controllers, host and other"
        };
        for (int i = 0; i < names.length; i++) {
            facts.add(area(chip + " " + names[i], stated[i], predicted[i], 0.25, DIES));
        }
    }

    private void a100Area(List<Fact> facts) {
        ChipDesign d = design("a100-like");
        // The photo shows no link controllers: they are somewhere in the 40 mm2 of the rest.
        blocks(facts, "A100", d, 476.25, 76.44, 119.31, 58, 31.77, 20.95, 40);
        facts.add(area("A100 die", 822.72, d.area().total(), 0.08, DIES));
    }

    private void mi210Area(List<Fact> facts) {
        ChipDesign d = design("mi210-like");
        blocks(facts, "MI210", d, 446.22, 33, 25.2, 83.26, 40.83, 45.52, 42 + 4);
        facts.add(area("MI210 die", 720.03, d.area().total(), 0.08, DIES));
    }

    private void totals(List<Fact> facts) {
        facts.add(area(
                "H100 die",
                814,
                design("h100-like").area().total(),
                0.15,
                "siliconanalysts.com, die area as published; no part of this die is measured"));
        facts.add(area(
                "MI300X compute die",
                110,
                design("mi300x-like").area().die(),
                0.15,
                "ISSCC 2026 as reported by 3dtested.com"));
        facts.add(area(
                "MI300X compute die, by an earlier estimate",
                115,
                design("mi300x-like").area().die(),
                0.15,
                "SemiAnalysis, AMD MI300, Taming The Hype, 2023"));
        facts.add(area(
                "MI355X compute die",
                110,
                design("mi355x-like").area().die(),
                0.15,
                "ISSCC 2026 as reported by world-today-news.com"));
        ChipArea tpu = design("tpu-v1-like").area();
        facts.add(area("TPU v1 die (recalled)", 331, tpu.total(), 0.25, TPU1));
        facts.add(area(
                "TPU v1, blocks named on its floorplan: 79 % of the die (recalled)",
                0.79 * 331, tpu.total() - tpu.other(), 0.2, TPU1));
    }

    private void power(List<Fact> facts) {
        facts.add(watts("A100, large product", 400, design("a100-like").power().product(), SYSTEMS));
        facts.add(watts("H100, large product", 700, design("h100-like").power().product(), SYSTEMS));
        facts.add(watts(
                "MI355X, large product", 1400, design("mi355x-like").power().product(), HOTCHIPS));
        tpu1(facts);
        sustained(facts, "A100", "a100-like", "pytorch-ampere", 400, 0.93);
        sustained(facts, "H100", "h100-like", "hopper", 700, 0.86);
        ChipPower tpu = design("tpu-v4-like").power();
        double working = tpu.product() - tpu.idle() + tpu.streaming();
        facts.add(watts("TPU v4, idle", 90, tpu.idle(), TPU4));
        facts.add(watts("TPU v4, production mean", 170, tpu.idle() + PALM_UTILISATION * working, TPU4));
        facts.add(watts("TPU v4, production maximum", 192, tpu.product(), TPU4));
    }

    /**
     * The idle power set the clock tree's energy. Busy is the mean of the applications: 21.4 of 92 T op/s, weights
     * streaming. Its clock is fixed, so that the design power bears all parts at work at once.
     */
    private void tpu1(List<Fact> facts) {
        ChipPower power = design("tpu-v1-like").power();
        double busy = power.idle() + 21.4 / 92 * power.tensor() + power.streaming();
        facts.add(watts("TPU v1, idle (recalled; in sample)", 28, power.idle(), TPU1));
        facts.add(watts("TPU v1, busy (recalled)", 40, busy, TPU1));
        facts.add(new Fact("TPU v1, thermal design", "W", 75, power.total(), 0.2, TPU1));
    }

    /**
     * Share of the peak that the best measured product reaches: the share of the clock that the power limit leaves, times
     * what the mapping floor makes of its best product at full clock. The latter's losses (launch, prologue, waves, issue)
     * are of the generation's kernels.
     */
    private void sustained(List<Fact> facts, String chip, String id, String kernels, double limit, double best) {
        ChipDesign d = design(id);
        double clock = d.power().sustainedClock(limit) / d.clock();
        double mapped = new BestProduct(catalog, d.chip(), kernels).share();
        facts.add(
                new Fact(chip + ", share of the peak under its power limit", "1", best, clock * mapped, 0.05, KERNELS));
    }

    private static Fact watts(String what, double stated, double predicted, String source) {
        return new Fact(what, "W", stated, predicted, 0.15, source);
    }

    private void peaks(List<Fact> facts) {
        peak(facts, "a100-like", "A100", DataType.BF16, 312, SYSTEMS);
        peak(facts, "a100-like", "A100", DataType.INT8, 624, SYSTEMS);
        peak(facts, "h100-like", "H100", DataType.BF16, 989, SYSTEMS);
        peak(facts, "h100-like", "H100", DataType.FP8, 1978, SYSTEMS);
        peak(facts, "tpu-v4-like", "TPU v4", DataType.BF16, 275, TPU4);
        peak(facts, "tpu-v4-like", "TPU v4", DataType.INT8, 275, TPU4);
        peak(facts, "mi300x-like", "MI300X", DataType.BF16, 1307, "siliconanalysts.com");
        peak(facts, "mi300x-like", "MI300X", DataType.FP8, 2615, "hmc-tech.com");
        peak(facts, "mi355x-like", "MI355X", DataType.FP8, 5033, "ISSCC 2026 as reported by world-today-news.com");
        peak(facts, "tpu-v1-like", "TPU v1", DataType.INT8, 92, TPU1);
    }

    /** Data sheets round to three digits. */
    private void peak(List<Fact> facts, String id, String chip, DataType type, double tera, String source) {
        facts.add(new Fact(
                chip + " dense " + type + " peak",
                "flop/s",
                tera * 1e12,
                design(id).peak(type),
                0.005,
                source));
    }

    /** The die as published at the published defect density, with what the product has to spare. */
    private void yields(List<Fact> facts) {
        Wafer ours = design("h100-like").cost().wafer();
        double grown = 814e-6 / ours.dieArea();
        List<Spares> spares = ours.spares().stream()
                .map(each -> new Spares(each.units(), each.needed(), each.area() * grown))
                .toList();
        Wafer wafer = new Wafer(
                new Designs(catalog).node("n5").orElseThrow(),
                814e-6,
                ours.criticalArea() * grown,
                spares,
                ours.diameter(),
                ours.edge(),
                ours.clusterAlpha());
        String source =
                "szyunze.com (estimate), 2024: 86 candidates, about 65 good; 0.10 defects per cm2: AnandTech 2020";
        facts.add(new Fact("candidates on a wafer, 814 mm2, by area", "1", 86, wafer.areaRatio(), 0.005, source));
        facts.add(new Fact(
                "good of these candidates, spare units used",
                "1",
                65,
                wafer.areaRatio() * wafer.dieYield(),
                0.2,
                source));
        facts.add(new Fact("yield of 814 mm2, spare units used", "1", 0.80, wafer.dieYield(), 0.15, source));
        facts.add(new Fact(
                "good dies among the whole ones on a wafer, 814 mm2",
                "1",
                65,
                wafer.diesPerWafer() * wafer.dieYield(),
                0.15,
                source));
    }

    private void cost(List<Fact> facts) {
        ChipDesign d = design("h100-like");
        ChipCost cost = d.cost();
        double packaging = cost.interposer() + d.silicon().substratePrice();
        facts.add(usd("H100 good die", 300, cost.dies()));
        facts.add(usd("H100 memory", 1350, cost.memory()));
        facts.add(usd("H100 packaging", 750, packaging));
        facts.add(usd("H100 die, memory, package and test", 3320, cost.parts()));
        ChipDesign stacked = design("mi300x-like");
        ChipCost below = stacked.cost();
        facts.add(usd("MI300X good dies, base dies included", 600, below.dies() + below.baseDies()));
        facts.add(usd("MI300X memory", 2900, below.memory()));
        facts.add(usd(
                "MI300X packaging", 1200, below.interposer() + stacked.silicon().substratePrice()));
        facts.add(usd("MI300X dies, memory, package and test", 5300, below.parts()));
    }

    private static Fact usd(String what, double stated, double predicted) {
        return new Fact(what, "USD", stated, predicted, 0.3, ANALYSTS);
    }
}
