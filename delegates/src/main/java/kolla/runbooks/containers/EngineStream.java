package kolla.runbooks.containers;

import com.github.dockerjava.api.async.ResultCallback;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A stream of answers from the engine. What ends it early is kept for {@link #ended}; docker-java's
 * own adapter writes it to the log besides.
 */
abstract class EngineStream<T> extends ResultCallback.Adapter<T> {

    private volatile Optional<RuntimeException> failure = Optional.empty();

    @Override
    public void onError(Throwable cause) {
        if (failure.isEmpty()) {
            failure = Optional.of(unchecked(cause));
        }
        closeQuietly();
    }

    /**
     * Waits for the end of the stream.
     *
     * @return whether it ended in time
     * @throws RuntimeException docker-java's, when the engine or the connection ended it early
     */
    boolean ended(Duration limit) throws InterruptedException {
        boolean inTime = awaitCompletion(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (failure.isPresent()) {
            throw failure.get();
        }
        return inTime;
    }

    /** Stops listening; the engine goes on with whatever it does. */
    void closeQuietly() {
        try {
            close();
        } catch (IOException e) {
            // Nobody listens any more, which is all that was wanted.
        }
    }

    private static RuntimeException unchecked(Throwable cause) {
        if (cause instanceof RuntimeException runtime) {
            return runtime;
        }
        return cause instanceof IOException io
                ? new UncheckedIOException(io)
                : new IllegalStateException(cause);
    }
}
