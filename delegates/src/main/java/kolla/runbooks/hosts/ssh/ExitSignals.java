package kolla.runbooks.hosts.ssh;

import net.schmizz.sshj.connection.channel.direct.Signal;

/** The shell's convention for a program that a signal ended: 128 and the signal's number. */
final class ExitSignals {

    private ExitSignals() {}

    static int exitCode(Signal signal) {
        return 128
                + switch (signal) {
                    case HUP -> 1;
                    case INT -> 2;
                    case QUIT -> 3;
                    case ILL -> 4;
                    case ABRT -> 6;
                    case FPE -> 8;
                    case KILL -> 9;
                    case USR1 -> 10;
                    case SEGV -> 11;
                    case USR2 -> 12;
                    case PIPE -> 13;
                    case ALRM -> 14;
                    case TERM -> 15;
                    default -> 0;
                };
    }
}
