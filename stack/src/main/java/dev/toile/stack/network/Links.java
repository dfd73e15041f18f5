package dev.toile.stack.network;

/** What carries bytes inside a domain. It decides which protocols a library may run and which hop it reckons with. */
public enum Links {
    /** Links over which accelerators load and store each other's memory, lines of 128 bytes arriving whole. */
    MEMORY,
    /** PCIe: loads and stores too, but a line may arrive in parts. */
    PCIE,
    /** Messages over Ethernet or InfiniBand adapters. */
    NETWORK
}
