package kolla.runbooks.inventory;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.exptest.ExpTest;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A test ({@code value is …}) that notes undefined values given to it, and its own complaints. */
record CheckedTest(ExpTest test, Consumer<String> faults) implements ExpTest {

    @Override
    public String getName() {
        return test.getName();
    }

    @Override
    public boolean evaluate(Object value, JinjavaInterpreter interpreter, Object... arguments) {
        return checked(value, arguments, () -> test.evaluate(value, interpreter, arguments));
    }

    @Override
    public boolean evaluateNegated(
            Object value, JinjavaInterpreter interpreter, Object... arguments) {
        return checked(value, arguments, () -> test.evaluateNegated(value, interpreter, arguments));
    }

    private boolean checked(Object value, Object[] arguments, BooleanSupplier work) {
        Arrays.stream(arguments).forEach(Undefined::check);
        if (Undefined.check(value)) {
            return false;
        }
        try {
            return work.getAsBoolean();
        } catch (IllegalArgumentException e) {
            faults.accept("is " + getName() + ": " + e.getMessage());
            return false;
        }
    }
}
