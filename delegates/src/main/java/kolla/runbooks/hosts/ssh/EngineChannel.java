package kolla.runbooks.hosts.ssh;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** One byte stream to the Docker engine of a host. */
interface EngineChannel extends Closeable {

    /** Reads from the engine. */
    InputStream in();

    /** Writes to the engine; flush sends. Closing it half-closes the stream. */
    OutputStream out();

    @Override
    void close() throws IOException;
}
