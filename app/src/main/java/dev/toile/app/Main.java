package dev.toile.app;

import dev.toile.catalog.text.BadInput;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The {@code toile} command. */
@Command(
        name = "toile",
        version = Version.LINE,
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        description = "Try an AI accelerator on before anyone cuts silicon.",
        footer = "%nTo begin: toile new, then toile run study.yaml.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:it worked", "1:an internal error; please report it", "2:bad input"})
public final class Main implements Callable<Integer> {

    /** Exit code of bad input. */
    static final int BAD_INPUT = 2;

    /** Exit code of an error of ours. */
    static final int INTERNAL_ERROR = 1;

    private static final SequencedMap<String, Class<?>> COMMANDS = commands();

    @Option(names = "--debug", description = "Show the stack trace of an error.", scope = ScopeType.INHERIT)
    private boolean debug;

    @CommandLine.Spec
    private @Nullable CommandSpec spec;

    private Main() {}

    /**
     * Runs the command line and ends the process with its exit code.
     *
     * @param arguments what was typed
     */
    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(out, err, arguments));
    }

    /**
     * Runs the command line.
     *
     * @param out where answers go
     * @param err where errors and progress go
     * @param arguments what was typed
     * @return the exit code
     */
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        Main main = new Main();
        CommandLine line = new CommandLine(main);
        asked(arguments).forEach(line::addSubcommand);
        line.setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((exception, command, _) -> main.failed(exception, command));
        try {
            return line.execute(arguments);
        } catch (OutOfMemoryError e) {
            err.println("toile: not enough memory");
            err.println("Maybe give the JVM more with TOILE_JAVA_OPTS=-Xmx4g.");
            return INTERNAL_ERROR;
        } catch (Error e) {
            return main.internal(e, err);
        }
    }

    private static SequencedMap<String, Class<?>> commands() {
        SequencedMap<String, Class<?>> commands = new LinkedHashMap<>();
        commands.put("run", RunCommand.class);
        commands.put("simulate", SimulateCommand.class);
        commands.put("explain", ExplainCommand.class);
        commands.put("catalog", CatalogCommand.class);
        commands.put("validate", ValidateCommand.class);
        commands.put("calibrate", CalibrateCommand.class);
        commands.put("new", NewCommand.class);
        commands.put("bench", BenchCommand.class);
        return commands;
    }

    /**
     * The command that is named, or all of them when none is: reading the options of the others costs more than starting
     * the JVM.
     */
    private static Collection<Class<?>> asked(String... arguments) {
        Class<?> named = arguments.length == 0 ? null : COMMANDS.get(arguments[0]);
        return named == null ? COMMANDS.values() : List.of(named);
    }

    private int internal(Throwable error, PrintWriter err) {
        err.println("toile: internal error: " + error);
        err.println("Maybe report it with what --debug prints.");
        if (debug) {
            error.printStackTrace(err);
        }
        return INTERNAL_ERROR;
    }

    /** Says what went wrong in words a user can act on; a stack trace only with {@code --debug}. */
    private int failed(Exception exception, CommandLine command) {
        PrintWriter err = command.getErr();
        return switch (exception) {
            case BadInput bad -> {
                err.println(bad.getMessage());
                Advice.of(bad).ifPresent(err::println);
                yield BAD_INPUT;
            }
            case IOException io -> {
                err.println(ioMessage(io));
                yield BAD_INPUT;
            }
            case UncheckedIOException io
            when io.getCause() != null -> {
                err.println(ioMessage(io.getCause()));
                yield BAD_INPUT;
            }
            default -> internal(exception, err);
        };
    }

    private static String ioMessage(IOException io) {
        return switch (io) {
            case NoSuchFileException missing ->
                missing.getFile() + ":1: there is no such file\nMaybe it is in another directory";
            case AccessDeniedException denied ->
                denied.getFile() + ":1: permission denied\nMaybe choose another place, or ask for the right to use it";
            case FileSystemException other
            when other.getFile() != null ->
                other.getFile() + ":1: it cannot be used: " + reason(other) + "\nMaybe choose another place";
            default -> "toile: " + io.getMessage() + "\nMaybe the disk is full, or the file system went away";
        };
    }

    private static String reason(FileSystemException failure) {
        return switch (failure) {
            case FileAlreadyExistsException _ -> "a file of this name is there already";
            case NotDirectoryException _ -> "it is not a directory";
            default -> failure.getReason() == null ? failure.getClass().getSimpleName() : failure.getReason();
        };
    }

    @Override
    public Integer call() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getOut());
        }
        return 0;
    }
}
