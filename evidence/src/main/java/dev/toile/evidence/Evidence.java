package dev.toile.evidence;

import dev.toile.catalog.Catalog;
import dev.toile.catalog.bind.Sourced;
import dev.toile.catalog.model.BundledModel;
import dev.toile.catalog.model.Models;
import dev.toile.evidence.OperatorRows.GptLayer;
import java.util.ArrayList;
import java.util.List;

/** The evidence that comes with Toile: facts with sources, and what Toile makes of them. */
public final class Evidence {

    private static final String DEEPSEEK =
            "DeepSeek, github.com/deepseek-ai/open-infra-index, 202502OpenSourceWeek, day 6, 2025-03-01";

    private Evidence() {}

    /** All sets, evaluated now. */
    public static List<FactSet> bundled(Catalog catalog) {
        return List.of(
                FinanceFacts.set(),
                parameters(),
                operators(catalog),
                new ChipFloorFacts(catalog).set(),
                new SystolicFacts(catalog).set(),
                deepSeekDay(catalog),
                serving(catalog),
                training(catalog));
    }

    /** The sets about chips: parts against what was published, and an old chip's applications. */
    public static List<FactSet> chips(Catalog catalog) {
        return List.of(new ChipFloorFacts(catalog).set(), new SystolicFacts(catalog).set());
    }

    /** Parameter counts of the catalog's models against the published ones. */
    private static FactSet parameters() {
        List<Fact> facts = new ArrayList<>();
        Models models = Models.bundled();
        for (String id : models.names()) {
            BundledModel model = models.find(id).orElseThrow();
            Sourced published = model.entry().parameters();
            facts.add(new Fact(
                    "parameters of " + model.entry().name(),
                    "1",
                    published.mid(),
                    model.model().transformer().parameters(),
                    0.005,
                    published.source().title()));
        }
        return new FactSet("parameters", "parameter counts of the catalog's models", facts);
    }

    private static FactSet operators(Catalog catalog) {
        String source = "PrincetonUniversity/LLMCompass, ae/figure5/ijkl/real_hardware: sums of twelve operators, 2023";
        return new FactSet(
                "operators",
                "a layer of GPT-3 175B on 4 x A100 under PyTorch, operator by operator, nothing fitted to it",
                List.of(
                        new Fact(
                                "8 prompts of 2,048 tokens",
                                "s",
                                0.0667472,
                                OperatorPredictions.layerSeconds(catalog, GptLayer.PREFILL),
                                0.08,
                                source),
                        new Fact(
                                "8 new tokens after 3,072",
                                "s",
                                0.0011109,
                                OperatorPredictions.layerSeconds(catalog, GptLayer.DECODE),
                                0.08,
                                source)));
    }

    private static FactSet deepSeekDay(Catalog catalog) {
        StudyEvidence day = new StudyEvidence(catalog, "deepseek-day.yaml");
        String published = "as published";
        double nodes = day.value(published, "mean-chips") / 8;
        return new FactSet(
                "deepseek-day",
                "nodes, cost, revenue and margin of DeepSeek's published day, rates as published",
                List.of(
                        new Fact("nodes on average", "1", 226.75, nodes, 0.005, DEEPSEEK),
                        new Fact(
                                "cost of the day", "USD", 87_072, day.value(published, "usd-per-day"), 0.001, DEEPSEEK),
                        new Fact(
                                "revenue of the day",
                                "USD",
                                562_027,
                                day.value(published, "revenue-per-day"),
                                0.001,
                                DEEPSEEK),
                        new Fact(
                                "profit over cost",
                                "1",
                                5.45,
                                day.value(published, "cost-profit-margin"),
                                0.002,
                                DEEPSEEK),
                        new Fact(
                                "average over peak nodes",
                                "1",
                                226.75 / 278,
                                nodes * 8 / day.value(published, "chips"),
                                0.001,
                                DEEPSEEK)));
    }

    private static FactSet serving(Catalog catalog) {
        StudyEvidence offline = new StudyEvidence(catalog, "mlperf-llama2-70b.yaml");
        return new FactSet(
                "serving",
                "tokens per second and chip, nothing fitted to these numbers",
                List.of(
                        new Fact(
                                "Llama 2 70B fp8 Offline on H100",
                                "token/s",
                                124_879.0 / 32,
                                offline.value("hgx-h100", "tokens-per-second-per-chip"),
                                0.3,
                                "MLPerf Inference v5.1, closed, Cisco, 32 x H100 SXM"),
                        new Fact(
                                "Llama 2 70B fp8 Offline on MI300X",
                                "token/s",
                                27_854.4 / 8,
                                offline.value("mi300x-8", "tokens-per-second-per-chip"),
                                0.3,
                                "MLPerf Inference v5.1, closed, MangoBoost, 8 x MI300X")));
    }

    private static FactSet training(Catalog catalog) {
        StudyEvidence gpt3 = new StudyEvidence(catalog, "train-gpt3.yaml");
        StudyEvidence half = new StudyEvidence(catalog, "train-405b-8192.yaml");
        StudyEvidence full = new StudyEvidence(catalog, "train-405b.yaml");
        String layout = "hgx-h100-as-meta";
        String herd = "Dubey et al., The Llama 3 Herd of Models, arXiv:2407.21783, table 4";
        return new FactSet(
                "training",
                "iterations, nothing fitted to these numbers",
                List.of(
                        new Fact(
                                "GPT-3 175B on 64 A100, selective recomputation",
                                "s",
                                13.75,
                                gpt3.value("hgx-a100", "iteration-time"),
                                0.2,
                                "Korthikanti et al., arXiv:2205.05198, table 5"),
                        new Fact("MFU of Llama 3 405B on 8,192 H100", "1", 0.43, half.value(layout, "mfu"), 0.15, herd),
                        new Fact(
                                "MFU of Llama 3 405B on 16,384 H100",
                                "1",
                                0.41,
                                full.value(layout, "mfu"),
                                0.2,
                                herd)));
    }
}
