package dev.toile.stack.mapping;

/**
 * An output tile of one engine.
 *
 * @param rows tokens
 * @param columns output features
 */
public record Tile(int rows, int columns) {

    /**
     * Reads {@code 128x256}.
     *
     * @throws IllegalArgumentException when it is not two whole numbers
     */
    public static Tile parse(String text) {
        String[] sides = text.split("x", -1);
        if (sides.length != 2) {
            throw new IllegalArgumentException("tile '" + text + "'; expected rows x columns such as 128x256");
        }
        return new Tile(Integer.parseInt(sides[0].strip()), Integer.parseInt(sides[1].strip()));
    }

    /** Such as {@code 128x256}. */
    @Override
    public String toString() {
        return rows + "x" + columns;
    }
}
