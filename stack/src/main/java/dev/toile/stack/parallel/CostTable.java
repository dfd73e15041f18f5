package dev.toile.stack.parallel;

import org.jspecify.annotations.Nullable;

/** Costs by a whole number, open addressing: the planner looks up millions a second, and boxed keys would show. */
final class CostTable {

    private int[] keys = new int[32];
    private @Nullable StepCost[] costs = new StepCost[32];
    private int size;

    @Nullable
    StepCost get(int key) {
        return costs[slot(key)];
    }

    /** Adds a cost for a key that is not there yet. */
    void put(int key, StepCost cost) {
        if (2 * (size + 1) > keys.length) {
            grow();
        }
        int slot = slot(key);
        keys[slot] = key;
        costs[slot] = cost;
        size++;
    }

    /** Where a key is or would be. */
    private int slot(int key) {
        int mask = keys.length - 1;
        int slot = ((key * 0x9E3779B9) >>> 7) & mask;
        while (costs[slot] != null && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        int[] oldKeys = keys;
        @Nullable StepCost[] oldCosts = costs;
        keys = new int[2 * oldKeys.length];
        costs = new StepCost[2 * oldKeys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            StepCost cost = oldCosts[i];
            if (cost != null) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                costs[slot] = cost;
            }
        }
    }
}
