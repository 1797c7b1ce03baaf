package kolla.runbooks.containers;

import com.github.dockerjava.api.command.PullImageCmd;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.PullResponseItem;
import java.time.Duration;
import java.util.Optional;
import kolla.runbooks.containers.ContainerEngine.RegistryLogin;

/**
 * Pulls an image. The engine answers at once and reports what goes wrong later among the progress.
 */
final class ImagePull {

    private final EngineCalls calls;

    ImagePull(EngineCalls calls) {
        this.calls = calls;
    }

    void pull(String reference, Optional<RegistryLogin> login, Duration timeout) {
        Progress progress = new Progress();
        try {
            calls.againPatiently(
                    "pull " + reference,
                    c -> request(c.pullImageCmd(tagged(reference)), login).exec(progress));
            if (!progress.ended(timeout)) {
                throw EngineFailures.registrySilent(
                        calls.host(), reference, "the pull took longer than " + timeout);
            }
        } catch (DockerException e) {
            throw EngineFailures.judgePull(calls.host(), reference, EngineCalls.words(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw EngineFailures.cancelled(calls.host(), "pull " + reference, e);
        } catch (RuntimeException e) {
            throw calls.judge("pull " + reference, e);
        } finally {
            progress.closeQuietly();
        }
        if (progress.error().isPresent()) {
            throw EngineFailures.judgePull(calls.host(), reference, progress.error().get());
        }
    }

    private static PullImageCmd request(PullImageCmd request, Optional<RegistryLogin> login) {
        return login.map(
                        l ->
                                request.withAuthConfig(
                                        new AuthConfig()
                                                .withUsername(l.username())
                                                .withPassword(l.password())))
                .orElse(request);
    }

    /** Without a tag the engine would pull all there are. */
    private static String tagged(String reference) {
        boolean named =
                reference.contains("@") || reference.lastIndexOf(':') > reference.lastIndexOf('/');
        return named ? reference : reference + ":latest";
    }

    private static final class Progress extends EngineStream<PullResponseItem> {

        private Optional<String> error = Optional.empty();

        @Override
        public synchronized void onNext(PullResponseItem item) {
            if (item.getErrorDetail() != null) {
                error = Optional.ofNullable(item.getErrorDetail().getMessage());
            }
        }

        synchronized Optional<String> error() {
            return error;
        }
    }
}
