package dev.toile.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a file whole or not at all. */
final class OutputFiles {

    private OutputFiles() {}

    static void write(Path directory, String name, String text) throws IOException {
        write(directory, name, file -> Files.writeString(file, text));
    }

    /** Something that writes a file at a place it is given. */
    @FunctionalInterface
    interface Content {
        void write(Path file) throws IOException;
    }

    static void write(Path directory, String name, Content content) throws IOException {
        Files.createDirectories(directory);
        Path beside =
                directory.resolve("." + name + "." + ProcessHandle.current().pid() + ".part");
        try {
            content.write(beside);
            Files.move(
                    beside,
                    directory.resolve(name),
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
