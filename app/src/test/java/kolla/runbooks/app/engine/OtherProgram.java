package kolla.runbooks.app.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link TrialProgram} in a virtual machine of its own, which can be killed and frozen. */
final class OtherProgram implements AutoCloseable {

    private final Process process;
    private final Path output;
    private final Path gate;

    private OtherProgram(Process process, Path output, Path gate) {
        this.process = process;
        this.output = output;
        this.gate = gate;
    }

    static OtherProgram start(Path folder, String node, String... settings) {
        try {
            Path output = Files.createTempFile(folder, node + "-", ".log");
            Path gate = folder.resolve(node + ".gate");
            List<String> command =
                    new ArrayList<>(
                            List.of(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-XX:TieredStopAtLevel=1",
                                    "-XX:+UseSerialGC",
                                    "-Xmx300m",
                                    "-cp",
                                    System.getProperty(
                                            "surefire.test.class.path",
                                            System.getProperty("java.class.path")),
                                    TrialProgram.class.getName(),
                                    "--runbooks.node-id=" + node,
                                    "--trial.gate=" + gate));
            command.addAll(Arrays.asList(settings));
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            return new OtherProgram(process, output, gate);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String said() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean hasSaid(String text) {
        if (!process.isAlive() && !said().contains(text)) {
            throw new AssertionError("the program has ended:\n" + said());
        }
        return said().contains(text);
    }

    void openGate() {
        try {
            Files.createFile(gate);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
    }

    /** Asks it to stop, as a service manager does. */
    void terminate() {
        signal("TERM");
    }

    void freeze() {
        signal("STOP");
    }

    void wake() {
        signal("CONT");
    }

    boolean hasEnded() {
        return !process.isAlive();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    private void signal(String name) {
        try {
            int code =
                    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                            .start()
                            .waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill -" + name + " ended with " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
