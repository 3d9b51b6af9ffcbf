package io.twostep.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class DateOrdersTest {

    @Test
    void findsTheOnlyOrderThatAllValuesHave() {
        assertThat(of("2026-01-31", "2026-02-01").found()).contains(DateOrder.YEAR_FIRST);
        assertThat(of("03/04/2026", "13/04/2026").found()).contains(DateOrder.DAY_FIRST);
        assertThat(of("03/04/2026", "04/13/2026").found()).contains(DateOrder.MONTH_FIRST);
    }

    @Test
    void takesDotsForDaysFirst() {
        assertThat(of("03.04.2026").found()).contains(DateOrder.DAY_FIRST);
    }

    @Test
    void doesNotGuess() {
        DateOrders orders = of("03/04/2026", "05/06/2026");
        assertThat(orders.found()).isEqualTo(Optional.empty());
        assertThat(orders.areAmbiguous()).isTrue();
    }

    @Test
    void findsNoneWhereOneValueIsNoDate() {
        assertThat(of("2026-01-31", "soon").areNone()).isTrue();
        assertThat(of("13/04/2026", "04/13/2026").areNone()).isTrue();
    }

    private static DateOrders of(String... texts) {
        DateOrders orders = new DateOrders();
        for (String text : texts) {
            orders.add(text);
        }
        return orders;
    }
}
