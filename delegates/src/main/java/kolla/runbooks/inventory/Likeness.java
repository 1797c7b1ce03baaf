package kolla.runbooks.inventory;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import kolla.runbooks.inventory.HostChange.Arrival;

/**
 * Which variables a new host takes over from the one that it stands like: those on the other's own
 * lines, but for
 *
 * <ul>
 *   <li>its address: the new one has another
 *   <li>what the inventory says of the new host already
 *   <li>how the other is logged in to, when the inventory says for the new host: half of one login
 *       and half of another lets nobody in
 *   <li>what is the other's alone: a value with its name or address in it, or an address that no
 *       other host has there
 * </ul>
 */
final class Likeness {

    enum Verdict {
        TAKEN,
        ADDRESS,
        SAID_ALREADY,
        LOGIN_STAYS,
        THE_OTHERS_ALONE
    }

    private final ReadInventory inventory;
    private final String like;
    private final Map<String, Object> own;
    private final boolean hasLogin;

    /**
     * @param inventory before the change
     */
    Likeness(ReadInventory inventory, Arrival arrival, String like) {
        this.inventory = inventory;
        this.like = like;
        this.own = inventory.own(arrival.host());
        this.hasLogin = own.keySet().stream().anyMatch(Likeness::isLogin);
    }

    /** Whether the new host is logged in to as the inventory says, not like the other. */
    boolean keepsLogin() {
        return hasLogin;
    }

    /** The address that the new host's lines must say, unless they do already. */
    Optional<String> address(Arrival arrival) {
        return ReadInventory.ADDRESS.stream().anyMatch(own::containsKey)
                ? Optional.empty()
                : arrival.address();
    }

    Verdict of(String name, Object value) {
        if (ReadInventory.ADDRESS.contains(name)) {
            return Verdict.ADDRESS;
        }
        if (own.containsKey(name)) {
            return Verdict.SAID_ALREADY;
        }
        if (isLogin(name)) {
            return hasLogin ? Verdict.LOGIN_STAYS : Verdict.TAKEN;
        }
        return isTheOthersAlone(name, ReadInventory.text(value))
                ? Verdict.THE_OTHERS_ALONE
                : Verdict.TAKEN;
    }

    private boolean isTheOthersAlone(String name, String value) {
        if (names(value, like) || names(value, inventory.address(like))) {
            return true;
        }
        return HostNames.isIp(value)
                && inventory.hosts().stream()
                        .filter(h -> !h.equals(like))
                        .noneMatch(h -> value.equals(inventory.own(h).get(name)));
    }

    private static boolean names(String value, String word) {
        return Pattern.compile("(?<![\\w.-])" + Pattern.quote(word) + "(?![\\w-])")
                .matcher(value)
                .find();
    }

    private static boolean isLogin(String name) {
        return name.startsWith("ansible_")
                && !ReadInventory.ADDRESS.contains(name)
                && !name.equals("ansible_python_interpreter");
    }

    /** What the new host's own lines must say of a variable of the other's, if anything. */
    Optional<Object> expected(String name, Object value) {
        return switch (of(name, value)) {
            case TAKEN -> Optional.of(value);
            case SAID_ALREADY -> Optional.of(own.get(name));
            case ADDRESS, LOGIN_STAYS, THE_OTHERS_ALONE -> Optional.empty();
        };
    }
}
