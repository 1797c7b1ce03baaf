package kolla.runbooks.probe;

import java.time.Duration;

/**
 * How often each kind is used, in requests a second.
 *
 * @param kept over a connection that is kept
 * @param fresh over a connection that is opened for it
 * @param tokens logins: each costs Keystone some 0.4 s of a processor
 */
public record ProbeRates(double kept, double fresh, double tokens) {

    public ProbeRates {
        check("kept", kept);
        check("fresh", fresh);
        check("tokens", tokens);
    }

    static Duration period(double rate) {
        return Duration.ofNanos((long) (1e9 / rate));
    }

    private static void check(String name, double rate) {
        if (!(rate >= 0.1 && rate <= 50)) {
            throw new IllegalArgumentException(
                    "runbooks.probe." + name + ": " + rate + " should be from 0.1 to 50 a second");
        }
    }
}
