package dev.toile.catalog.bind;

import dev.toile.catalog.text.Node;
import dev.toile.catalog.text.ScalarNode;
import dev.toile.stack.mapping.Tile;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads an output tile, {@code 128x256}. */
final class Tiles implements LeafReader<Tile> {

    static final Map<String, Object> SCHEMA =
            Json.object("type", "string", "pattern", "^[0-9]+x[0-9]+$", "description", "a tile such as 128x256");

    @Override
    public @Nullable Tile read(Node node, LeafSite site) {
        if (node instanceof ScalarNode scalar && scalar.text().matches("[1-9][0-9]{0,5}x[1-9][0-9]{0,5}")) {
            return Tile.parse(scalar.text());
        }
        site.wrongKind(node, "rows x columns, such as 128x256");
        return null;
    }
}
