package dev.toile.stack.chip;

/** What carries the dies. */
public enum Packaging {
    /** An organic substrate; memory devices stand on the board. */
    SUBSTRATE,
    /** A silicon interposer under dies and memory stacks. */
    INTERPOSER
}
