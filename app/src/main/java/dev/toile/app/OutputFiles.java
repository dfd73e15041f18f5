package dev.toile.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a file whole or not at all. */
final class OutputFiles {

    private OutputFiles() {}

    static void write(Path directory, String name, String text) throws IOException {
        write(directory, name, text.getBytes(StandardCharsets.UTF_8));
    }

    static void write(Path directory, String name, byte[] content) throws IOException {
        Files.createDirectories(directory);
        Path beside =
                directory.resolve("." + name + "." + ProcessHandle.current().pid() + ".part");
        try {
            Files.write(beside, content);
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
