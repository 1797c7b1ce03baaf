package kolla.runbooks.containers;

import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Collects what a container or a program in it prints, both streams apart, up to a limit each; the
 * rest is read and dropped.
 */
final class EngineOutput extends EngineStream<Frame> {

    private static final int LIMIT = 4 * 1024 * 1024;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final ByteArrayOutputStream both = new ByteArrayOutputStream();

    @Override
    public synchronized void onNext(Frame frame) {
        keep(frame.getStreamType() == StreamType.STDERR ? err : out, frame.getPayload());
        keep(both, frame.getPayload());
    }

    private static void keep(ByteArrayOutputStream kept, byte[] bytes) {
        kept.write(bytes, 0, Math.min(bytes.length, LIMIT - kept.size()));
    }

    synchronized String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    synchronized String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** The lines of both streams as they came. */
    synchronized List<String> lines() {
        return both.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
