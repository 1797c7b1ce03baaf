package kolla.runbooks.app.security;

import org.springframework.context.SmartLifecycle;

/** Does something once at start: after the runbooks were deployed, before anybody can connect. */
final class BeforeTheServerOpens implements SmartLifecycle {

    private final Runnable work;
    private volatile boolean done;

    BeforeTheServerOpens(Runnable work) {
        this.work = work;
    }

    @Override
    public void start() {
        work.run();
        done = true;
    }

    @Override
    public void stop() {
        done = false;
    }

    @Override
    public boolean isRunning() {
        return done;
    }

    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
