package kolla.runbooks.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.journal.RunId;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class DepartedGuardTest {

    private static final RunId RUN = new RunId("replace-host-1");

    private final AtomicBoolean goesOn = new AtomicBoolean(true);
    private final AtomicInteger looks = new AtomicInteger();

    @Test
    void looksAgainAndAgainWhileTheHostIsAwayUntilTheRunEnds() {
        try (DepartedGuard guard = new DepartedGuard(Duration.ofMillis(5))) {
            guard.ensure(RUN, goesOn::get, this::away);
            Awaitility.await().until(() -> looks.get() > 3);

            goesOn.set(false);

            Awaitility.await().until(() -> !watched());
            int atEnd = looks.get();
            Awaitility.await().during(Duration.ofMillis(50)).until(() -> looks.get() == atEnd);
        }
    }

    @Test
    void everyStepAsksAndThereIsOneWatch() {
        try (DepartedGuard guard = new DepartedGuard(Duration.ofHours(1))) {
            guard.ensure(RUN, goesOn::get, this::away);
            guard.ensure(RUN, goesOn::get, this::away);
            Awaitility.await().until(() -> looks.get() > 0);

            assertThat(looks).hasValue(1);
        }
    }

    @Test
    void aLookThatFailsIsNotTheEndOfTheWatch() {
        try (DepartedGuard guard = new DepartedGuard(Duration.ofMillis(5))) {
            guard.ensure(
                    RUN,
                    goesOn::get,
                    () -> {
                        looks.incrementAndGet();
                        throw new IllegalStateException("the journal's database is away");
                    });

            Awaitility.await().until(() -> looks.get() > 3);
        }
    }

    private void away() {
        looks.incrementAndGet();
        throw RunbookFailure.transientOn("KR-HOST-001", "ctl3", "not reachable", null);
    }

    private static boolean watched() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(t -> t.getName().equals("departed-" + RUN));
    }
}
