package kolla.runbooks.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kolla.runbooks.inventory.Cluster;
import kolla.runbooks.inventory.DefinedClusters;

/**
 * The lab of real hosts, brought up at first use and left up, so that the next run of the tests is
 * quick. Where its state lies is {@code lab/lab}'s affair ({@code KOLLA_LAB_STATE}).
 */
public final class Lab {

    private static final Path ROOT =
            Path.of(System.getProperty("runbooks.root", "..")).toAbsolutePath().normalize();
    private static Lab lab;

    private Lab() {
        run("up");
    }

    /** Brings the lab up, once in this JVM. */
    public static synchronized Lab up() {
        if (lab == null) {
            lab = new Lab();
        }
        return lab;
    }

    /** The folder with inventory, globals.yml, passwords.yml, config/ and known_hosts. */
    public Path clusterFolder() {
        return Path.of(run("cluster").strip());
    }

    /** The cluster's definition, read as the product reads it. */
    public Cluster cluster() {
        return new DefinedClusters(Map.of("lab", clusterFolder())).read("lab");
    }

    /**
     * Runs {@code lab/lab} with these arguments and returns what it prints; its progress goes to
     * the test's own output.
     *
     * @throws IllegalStateException when it fails
     */
    public String run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(ROOT.resolve("lab/lab").toString()));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            process.getOutputStream().close();
            String out =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + " failed: " + out);
            }
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(command + " was interrupted", e);
        }
    }
}
