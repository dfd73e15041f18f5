package dev.toile.evidence;

import dev.toile.catalog.Catalog;
import dev.toile.catalog.bind.Sourced;
import dev.toile.catalog.entry.ChipEntry;
import dev.toile.catalog.text.BadInput;
import dev.toile.evidence.RowTable.Row;
import dev.toile.stack.chip.BaseDies;
import dev.toile.stack.chip.ChipCost;
import dev.toile.stack.chip.ChipDesign;
import dev.toile.stack.operation.DataType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Compares published figures of chips, one to a row, with what follows from the parts of the same chips, and where parts
 * say nothing with the catalog's data sheets.
 */
public final class ChipFacts {

    private static final Map<String, Double> UNITS = Map.ofEntries(
            Map.entry("", 1.0),
            Map.entry("TFLOPS", 1e12),
            Map.entry("TOPS", 1e12),
            Map.entry("GB/s", 1e9),
            Map.entry("TB/s", 1e12),
            Map.entry("GB", 1e9),
            Map.entry("GiB", 0x1p30),
            Map.entry("MB", 1e6),
            Map.entry("MiB", 0x1p20),
            Map.entry("MHz", 1e6),
            Map.entry("W", 1.0),
            Map.entry("mm2", 1e-6),
            Map.entry("HBM2", 1.0),
            Map.entry("HBM2e", 1.0),
            Map.entry("HBM3", 1.0),
            Map.entry("HBM3E", 1.0),
            Map.entry("XCD", 1.0),
            Map.entry("IOD", 1.0),
            Map.entry("USD", 1.0));

    /** Designs that stand in for chips, by a word of the chip's name. */
    private static final Map<String, String> DESIGNS = Map.ofEntries(
            Map.entry("A100", "a100-like"),
            Map.entry("H100", "h100-like"),
            Map.entry("MI210", "mi210-like"),
            Map.entry("MI300X", "mi300x-like"),
            Map.entry("MI355X", "mi355x-like"),
            Map.entry("TPU v1", "tpu-v1-like"),
            Map.entry("TPU v2", "tpu-v2-like"),
            Map.entry("TPU v3", "tpu-v3-like"),
            Map.entry("TPU v4i", "tpu-v4i-like"),
            Map.entry("TPU v4", "tpu-v4-like"),
            Map.entry("Gaudi 3", "gaudi3-like"),
            Map.entry("MTIA v2", "mtia-v2-like"));

    private ChipFacts() {}

    /**
     * Compares all rows of a table.
     *
     * @param table with chip, quantity, value, unit and status
     * @param catalog whose chips are compared
     * @throws BadInput when a column is missing
     */
    public static Comparison of(RowTable table, Catalog catalog) throws BadInput {
        table.require(List.of("chip", "quantity", "value", "unit", "status"));
        List<Prediction> predictions = new ArrayList<>();
        for (Row row : table.rows()) {
            predictions.add(compare(row, catalog));
        }
        return new Comparison(
                "chips",
                table,
                "pred_value",
                predictions,
                List.of(
                        "from parts: computed from cores, memories and links, no total of the chip among them",
                        "from the list of parts: what that list names itself; it can only show a slip of the pen",
                        "from data sheets: the catalog's numbers are from public sheets as well, some of them the same"
                                + " ones"));
    }

    private static Prediction compare(Row row, Catalog catalog) throws BadInput {
        try {
            if (row.text("status").equals("recalled")) {
                throw new Unpredictable("recalled, not seen in a source");
            }
            String quantity = row.text("quantity");
            Known known = known(row.text("chip"), quantity, catalog);
            Double unit = UNITS.get(row.text("unit"));
            if (unit == null) {
                throw new Unpredictable("unknown unit '" + row.text("unit") + "'");
            }
            double value = RowTable.parse(row.text("value"));
            if (!(value > 0 && Double.isFinite(value))) {
                throw new Unpredictable("the value is not a number");
            }
            double ways = quantity.endsWith("bidir") ? 2 : 1;
            return Prediction.of(row, value, ways * known.value() / unit, groups(row, known));
        } catch (Unpredictable e) {
            return Prediction.skipped(row, e.reason());
        }
    }

    /** What Toile says, of which entry, and whether it was computed from parts or read from a data sheet. */
    private record Known(double value, String id, String from) {}

    private static Known known(String chip, String quantity, Catalog catalog) throws Unpredictable {
        String design = DESIGNS.entrySet().stream()
                .filter(each -> chip.matches(".*\\b" + each.getKey() + "\\b.*"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
        ChipDesign parts = catalog.designs().containsKey(design) ? catalog.design(design) : null;
        double computed = parts == null ? Double.NaN : computed(parts, quantity);
        if (!Double.isNaN(computed)) {
            return new Known(computed, design, "parts");
        }
        Known sheet = sheet(chip, quantity, catalog);
        if (sheet != null) {
            return sheet;
        }
        double given = parts == null ? Double.NaN : given(parts, quantity);
        if (!Double.isNaN(given)) {
            return new Known(given, design, "list of parts");
        }
        if (parts == null) {
            new ChipNames(catalog).chip(chip);
        }
        throw new Unpredictable("the catalog does not keep " + quantity);
    }

    private static @Nullable Known sheet(String chip, String quantity, Catalog catalog) {
        String id = new ChipNames(catalog).find(chip).orElse("");
        ChipEntry entry = catalog.chips().get(id);
        Sourced sheet = entry == null ? null : sheet(entry, quantity);
        return sheet == null ? null : new Known(sheet.mid(), id, "data sheet");
    }

    /** What follows from parts; NaN when nothing of the kind does. */
    private static double computed(ChipDesign d, String quantity) {
        ChipCost cost = d.cost();
        return switch (quantity) {
            case "die_area" -> d.area().total();
            case "die_area_per_compute_die" -> d.area().die();
            case "peak_bf16_dense" -> d.peak(DataType.BF16);
            case "peak_fp16_dense" -> d.peak(DataType.FP16);
            case "peak_fp8_dense" -> d.peak(DataType.FP8);
            case "peak_int8", "peak_int8_dense" -> d.peak(DataType.INT8);
            case "tdp" -> d.power().total();
            case "power_idle" -> d.power().idle();
            case "power_prod_max" -> d.power().product();
            case "die_area_total" -> d.area().total();
            case "bom_logic_die" -> cost.dies() + cost.baseDies();
            case "bom_hbm" -> cost.memory();
            case "bom_packaging" -> cost.interposer() + d.silicon().substratePrice();
            case "bom_total" -> cost.parts();
            case "bom_test_assembly" -> d.silicon().testPrice();
            default -> Double.NaN;
        };
    }

    /** What the list of parts names; NaN when it names nothing of the kind. */
    private static double given(ChipDesign d, String quantity) {
        BaseDies base = d.base();
        return switch (quantity) {
            case "compute_dies" -> d.dies();
            case "io_dies" -> base == null ? Double.NaN : base.dies();
            case "hbm_stacks" -> d.memory().stacks();
            case "hbm_capacity" -> d.memory().totalCapacity();
            case "hbm_bandwidth" -> d.memory().totalBandwidth();
            case "clock", "clock_tensor" -> d.clock();
            case "sm_count", "active_cu" -> d.units();
            case "l2_sram" -> d.shared().usable();
            case "llc_sram" -> base == null ? Double.NaN : base.sram();
            case "scaleup_bw_per_dir", "scaleup_bw_bidir" -> d.bandwidth(ChipDesign.SCALE_UP);
            case "sram_bandwidth" -> d.shared().bytesPerCycle() * d.clock();
            case "fp8_flops_per_clk_cu" -> d.peak(DataType.FP8) / d.units() / d.clock();
            default -> Double.NaN;
        };
    }

    /** What the data sheet says; null when it says nothing of the kind. */
    private static @Nullable Sourced sheet(ChipEntry entry, String quantity) {
        return switch (quantity) {
            case "peak_bf16_dense" -> entry.peak().get(DataType.BF16);
            case "peak_fp16_dense" -> entry.peak().get(DataType.FP16);
            case "peak_fp8_dense", "peak_mxfp8_dense" -> entry.peak().get(DataType.FP8);
            case "peak_fp4_dense" -> entry.peak().get(DataType.FP4);
            case "peak_int8", "peak_int8_dense" -> entry.peak().get(DataType.INT8);
            case "hbm_capacity" -> entry.memory().capacity();
            case "hbm_bandwidth" -> entry.memory().bandwidth();
            case "scaleup_bw", "scaleup_bw_per_dir", "scaleup_bw_bidir", "ici_bidir" -> entry.scaleUp();
            case "tdp", "tdp_air" -> entry.power();
            case "power_idle" -> entry.idlePower();
            case "die_area" -> entry.dieArea();
            case "clock", "clock_tensor" -> entry.clock();
            case "sm_count", "active_cu" -> entry.units();
            case "l2_sram", "llc_sram", "vmem_sram", "sram" -> entry.cache();
            case "price" -> entry.price();
            case "launch_year" -> entry.year();
            default -> null;
        };
    }

    private static SequencedMap<String, String> groups(Row row, Known known) throws BadInput {
        SequencedMap<String, String> groups = new LinkedHashMap<>();
        groups.put("from", known.from());
        groups.put("chip", known.id());
        groups.put("quantity", row.text("quantity"));
        groups.put("status", row.text("status"));
        return groups;
    }
}
