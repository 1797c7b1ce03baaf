package kolla.runbooks.inventory;

import com.hubspot.jinjava.util.HasObjectTruthValue;
import java.util.AbstractCollection;
import java.util.Collections;
import java.util.Iterator;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * What an unknown name evaluates to. It may be asked whether it is defined and may be given a
 * default; every other use of it is a fault. It is a collection only so that loops and {@code in}
 * use it in a way that is noticed.
 */
final class Undefined extends AbstractCollection<Object> implements HasObjectTruthValue {

    private final String name;
    private final Consumer<String> faults;

    Undefined(String name, Consumer<String> faults) {
        this.name = name;
        this.faults = faults;
    }

    Undefined attribute(Object attribute) {
        return new Undefined("\"" + attribute + "\" of " + name, faults);
    }

    /** Notes a use when the value is undefined, and says whether it is. */
    static boolean check(Object value) {
        if (value instanceof Undefined undefined) {
            undefined.used();
            return true;
        }
        return false;
    }

    void used() {
        faults.accept(name);
    }

    @Override
    public boolean getObjectTruthValue() {
        used();
        return false;
    }

    @Override
    public Iterator<Object> iterator() {
        used();
        return Collections.emptyIterator();
    }

    @Override
    public int size() {
        used();
        return 0;
    }

    @Override
    public boolean equals(Object other) {
        used();
        return other == this;
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(name);
    }

    @Override
    public String toString() {
        used();
        return "";
    }
}
