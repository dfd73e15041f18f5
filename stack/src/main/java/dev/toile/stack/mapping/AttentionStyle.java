package dev.toile.stack.mapping;

/** How a software stack runs attention and the equal products around it. */
public enum AttentionStyle {
    /** One kernel that keeps scores on the chip, or the roofline where no constants of such kernels are known. */
    FUSED,
    /** Two batched products with a softmax between them; the scores go through the memory. */
    UNFUSED,
    /** Nothing is lost: arithmetic, exponentials and compulsory bytes all at their peaks, side by side. */
    IDEAL
}
