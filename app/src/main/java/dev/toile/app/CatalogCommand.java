package dev.toile.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.toile.catalog.Catalog;
import dev.toile.catalog.CatalogListing;
import dev.toile.catalog.CatalogListing.Kind;
import dev.toile.catalog.CatalogListing.Value;
import dev.toile.catalog.text.BadInput;
import dev.toile.catalog.text.Location;
import dev.toile.catalog.text.Names;
import dev.toile.catalog.text.Problem;
import dev.toile.report.FloorplanDrawing;
import dev.toile.report.StackDrawing;
import dev.toile.stack.chip.BaseDies;
import dev.toile.stack.chip.ChipDesign;
import dev.toile.stack.chip.Floorplan;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code toile catalog}: what Toile knows, each value with its source. */
@Command(
        name = "catalog",
        description = "Lists what Toile knows: chips, systems, models, prices; each value with its source.",
        footer = {
            "%nExample: toile catalog chip h100-sxm",
            "         toile catalog chip bespoke-reticle --floorplan die.svg"
        })
final class CatalogCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "KIND",
            description =
                    "process, memory, link, chip, design, host, system, profile, engine, economics, silicon or model"
                            + " (default: all, names only).")
    private @Nullable String kind;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "NAME",
            description = "One entry of that kind; for a model also the path of a config.json.")
    private @Nullable String name;

    @Option(names = "--json", description = "Print as JSON.")
    private boolean json;

    @Option(
            names = "--floorplan",
            paramLabel = "FILE.svg",
            description = "Draw one die of a design; for kinds chip and design.")
    private @Nullable Path floorplan;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws BadInput, IOException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        CatalogListing listing = new CatalogListing(Catalog.bundled());
        if (floorplan != null) {
            draw(out, listing, floorplan);
        } else if (kind == null) {
            kinds(out, listing);
        } else if (name == null) {
            entries(out, listing, kind(kind));
        } else {
            entry(out, listing, kind(kind), name);
        }
        out.flush();
        return 0;
    }

    /** A chip from the market has no parts to draw; the design that stands in for it has. */
    private void draw(PrintWriter out, CatalogListing listing, Path file) throws BadInput, IOException {
        List<String> designs = listing.ids(Kind.DESIGN);
        Kind of = kind == null ? Kind.DESIGN : kind(kind);
        if (of != Kind.CHIP && of != Kind.DESIGN) {
            throw bad("only chips have a floorplan", of.label(), List.of("chip", "design"));
        }
        String id = Objects.requireNonNullElse(name, "");
        if (!designs.contains(id)) {
            throw bad("the catalog knows no parts of this chip", id, designs);
        }
        ChipDesign design = listing.catalog().design(id);
        Path target = file.toAbsolutePath();
        Path directory = Objects.requireNonNull(target.getParent(), "a file lies somewhere");
        String title = design.name() + ", " + design.process().name();
        OutputFiles.write(directory, String.valueOf(target.getFileName()), drawing(design, title));
        out.println("wrote " + file);
    }

    private static String drawing(ChipDesign design, String title) {
        FloorplanDrawing compute = new FloorplanDrawing(Floorplan.of(design), title);
        BaseDies base = design.base();
        return base == null
                ? compute.file()
                : Floorplan.ofBase(design)
                        .map(below -> new StackDrawing(
                                        compute,
                                        new FloorplanDrawing(
                                                below,
                                                "base die below, "
                                                        + base.process().name()))
                                .file())
                        .orElseGet(compute::file);
    }

    private static Kind kind(String text) throws BadInput {
        List<String> names = Kind.names();
        String singular = text.endsWith("s") && !names.contains(text) ? text.substring(0, text.length() - 1) : text;
        if (!names.contains(singular)) {
            throw bad("the catalog has no such kind", text, names);
        }
        return Kind.of(singular);
    }

    private static BadInput bad(String what, String seen, List<String> known) {
        return new BadInput(new Problem(
                Location.ofFile("catalog"),
                what,
                "'" + seen + "'",
                "one of " + String.join(", ", known),
                Names.nearest(seen, known).orElse("")));
    }

    private void kinds(PrintWriter out, CatalogListing listing) throws IOException {
        Map<String, List<String>> all = new LinkedHashMap<>();
        for (String each : Kind.names()) {
            all.put(each, listing.ids(Kind.of(each)));
        }
        if (json) {
            print(out, all);
            return;
        }
        Table table = new Table();
        all.forEach((each, ids) -> table.row(List.of(each, "")).row(List.of("  " + String.join(", ", ids))));
        table.print(out);
    }

    private void entries(PrintWriter out, CatalogListing listing, Kind of) throws IOException {
        Map<String, String> titles = new LinkedHashMap<>();
        for (String id : listing.ids(of)) {
            titles.put(id, listing.title(of, id));
        }
        if (json) {
            print(out, titles);
            return;
        }
        int width = titles.keySet().stream().mapToInt(String::length).max().orElse(0);
        titles.forEach((id, title) -> out.println(id + " ".repeat(width - id.length() + 2) + title));
    }

    private void entry(PrintWriter out, CatalogListing listing, Kind of, String id) throws BadInput, IOException {
        if (of == Kind.CHIP && listing.ids(Kind.DESIGN).contains(id)) {
            entry(out, listing, Kind.DESIGN, id);
            return;
        }
        if (of != Kind.MODEL && !listing.ids(of).contains(id)) {
            throw bad("the catalog has no " + of.label() + " of this name", id, listing.ids(of));
        }
        if (json) {
            print(out, listing.plain(of, id));
            return;
        }
        for (Value value : listing.values(of, id)) {
            out.println(value.name() + ": " + value.text());
            if (!value.source().isEmpty()) {
                out.println("    " + value.source());
            }
        }
    }

    private static void print(PrintWriter out, Object value) throws IOException {
        out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(value));
    }
}
