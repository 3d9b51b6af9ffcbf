package io.twostep.features;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Which order the dates of a column may have, found by looking at one after another. */
public final class DateOrders {

    private final Set<DateOrder> possible = EnumSet.allOf(DateOrder.class);

    private boolean hasLooked;

    /** Looks at a value; once no order is left none will be. */
    public void add(String text) {
        hasLooked = true;
        possible.removeIf(order -> DateTime.parse(text, order) == null);
        if (possible.size() > 1 && DateTime.isDotted(text)) {
            possible.remove(DateOrder.MONTH_FIRST);
        }
    }

    /** Whether the values cannot be dates. */
    public boolean areNone() {
        return possible.isEmpty();
    }

    /** Whether the values are dates of which nobody can tell the day from the month. */
    public boolean areAmbiguous() {
        return hasLooked && possible.size() > 1;
    }

    /** The only order in which all values are dates. */
    public Optional<DateOrder> found() {
        return possible.size() == 1 ? possible.stream().findFirst() : Optional.empty();
    }
}
